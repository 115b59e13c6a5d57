package io.headwater.archive.restore;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Appends to one partition. Each method throws a [RestoreException] when something is not written
/// at its offset.
interface Appender {

    /// Without a transaction.
    void plain(List<ConsumerRecord<byte[], byte[]>> records);

    /// In a transaction, whose marker is at the offset behind the last one.
    void commit(List<ConsumerRecord<byte[], byte[]>> records);

    /// Empty records that nobody reads; the marker is at `first + count`.
    void abort(long first, int count, long timestamp);

    /// One record of nothing, which everybody would read: to be deleted.
    void empty(long offset, long timestamp);

    /// Returns when the next record would be written there.
    void awaitEnd(long end);
}
