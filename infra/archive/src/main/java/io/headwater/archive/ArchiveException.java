package io.headwater.archive;

/// The archive cannot give what it should; the message says which range and what to do.
public class ArchiveException extends RuntimeException {

    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The store does not answer: nothing is said about what is in it. Try again.
    public static final class Unavailable extends ArchiveException {
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// A manifest does not follow the one before it: one is missing, changed, or of another log.
    public static final class BrokenChain extends ArchiveException {
        BrokenChain(String message) {
            super(message);
        }
    }

    /// A manifest names an object that is not there, and no tombstone says why.
    public static final class MissingObject extends ArchiveException {
        MissingObject(String message) {
            super(message);
        }
    }

    /// An object, a manifest or a tombstone is not what was written.
    public static final class DamagedObject extends ArchiveException {
        DamagedObject(String message) {
            super(message);
        }

        DamagedObject(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The archive does not reach back, or not far enough on, to the offset that was asked for.
    public static final class NotArchived extends ArchiveException {
        NotArchived(String message) {
            super(message);
        }
    }
}
