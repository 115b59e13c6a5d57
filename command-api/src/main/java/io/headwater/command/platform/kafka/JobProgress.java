package io.headwater.command.platform.kafka;

import java.util.concurrent.ConcurrentSkipListSet;

/// Which jobs of one partition are not done yet, and so how far the group has come.
final class JobProgress {

    private final ConcurrentSkipListSet<Long> open = new ConcurrentSkipListSet<>();
    private volatile long next;
    private long committed;

    /// @param next offset of the first job to come
    JobProgress(long next) {
        this.next = next;
        this.committed = next;
    }

    void begin(long offset) {
        open.add(offset);
        next = offset + 1;
    }

    void end(long offset) {
        open.remove(offset);
    }

    int open() {
        return open.size();
    }

    /// @return everything before it is done
    long reached() {
        Long oldest = open.isEmpty() ? null : open.ceiling(0L);
        return oldest == null ? next : oldest;
    }

    boolean isAhead() {
        return reached() > committed;
    }

    void committed(long offset) {
        committed = offset;
    }
}
