package io.headwater.vault;

/// Keys of this subject were erased: a new one would begin to keep what was to be forgotten.
public final class ErasedSubjectException extends RuntimeException {

    ErasedSubjectException(Owner owner) {
        super("what belongs to " + owner.purpose() + " " + owner.subject() + " was erased");
    }
}
