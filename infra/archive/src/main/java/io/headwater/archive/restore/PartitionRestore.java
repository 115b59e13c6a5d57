package io.headwater.archive.restore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Writes the records of one partition at the offsets they had.
///
/// Offsets without a record were markers of transactions and aborted records, and are made again
/// the same way:
///
///     records, then one offset missing      a transaction that is committed: its marker is that one
///     n ≥ 2 offsets missing                 a transaction of n-1 empty records that is aborted
///     offsets before the first record       likewise; Restore deletes them afterwards
///     offset 0 alone                        one empty record; Restore deletes it
///
/// Every acknowledged offset is compared with the one that it must be.
final class PartitionRestore {

    /// Of one transaction. More is written without one before it.
    private static final int LONGEST = 5_000;

    /// Empty records of one aborted transaction.
    static final int FILLER = 100_000;

    private final TopicPartition partition;
    private final Appender producer;
    private final LongConsumer progress;
    private final List<ConsumerRecord<byte[], byte[]>> run = new ArrayList<>();
    private long next;

    /// @param progress told how many offsets were made since the last call
    PartitionRestore(TopicPartition partition, Appender producer, LongConsumer progress) {
        this.partition = partition;
        this.producer = producer;
        this.progress = progress;
    }

    /// @param end offset at which the next record of the partition will be written
    /// @throws RestoreException when a record is not written where it must be
    void write(Iterator<ConsumerRecord<byte[], byte[]>> records, long end) {
        while (records.hasNext()) {
            var record = records.next();
            if (record.offset() != next) {
                gap(record.offset(), record.timestamp());
            }
            run.add(record);
            next = record.offset() + 1;
            if (run.size() >= 2 * LONGEST) {
                plain(run.size() - LONGEST);
            }
        }
        if (next < end) {
            gap(end, run.isEmpty() ? 0 : run.getLast().timestamp());
        }
        plain(run.size());
        producer.awaitEnd(end);
    }

    /// From the end of the run to an offset.
    private void gap(long to, long timestamp) {
        long missing = to - next;
        if (missing == 1 && !run.isEmpty()) {
            if (run.size() > LONGEST) {
                plain(run.size() - LONGEST);
            }
            producer.commit(run);
            progress.accept(run.size() + 1L);
            run.clear();
            next = to;
            return;
        }
        plain(run.size());
        if (missing == 1) {
            if (next != 0) {
                throw new RestoreException(
                        "offset %d of %s cannot be left out: no record stands before it"
                                .formatted(next, partition));
            }
            // the very first offset: Restore deletes it
            producer.empty(0, timestamp);
            missing = 0;
            progress.accept(1);
        }
        while (missing > 0) {
            long part = Math.min(missing, FILLER + 1L);
            if (missing - part == 1) {
                part--;
            }
            producer.abort(next, (int) (part - 1), timestamp);
            next += part;
            missing -= part;
            progress.accept(part);
        }
        next = to;
    }

    /// The first records of the run, without a transaction.
    private void plain(int count) {
        if (count > 0) {
            producer.plain(run.subList(0, count));
            progress.accept(count);
            run.subList(0, count).clear();
        }
    }
}
