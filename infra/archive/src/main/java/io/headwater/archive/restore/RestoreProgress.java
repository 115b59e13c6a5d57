package io.headwater.archive.restore;

import io.headwater.schema.LogEpoch;

/// Who is told how far a restore is; called by several threads.
public interface RestoreProgress {

    /// @param offsets that are to be made, markers and empty ones included
    void began(LogEpoch epoch, long offsets);

    void wrote(long offsets);

    /// The log of a partition begins there: the archive has nothing before it any more.
    void begins(String partition, long offset, String reason);

    /// Records that the archive does not have any more; their offsets are left empty.
    void gone(String partition, long first, long last, String reason);

    /// @param kept it was whole from an earlier run
    void done(String topic, boolean kept);
}
