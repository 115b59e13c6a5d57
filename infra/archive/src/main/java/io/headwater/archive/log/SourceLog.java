package io.headwater.archive.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Where events are read from, to be folded. Offsets are those of Kafka wherever the bytes lie.
public interface SourceLog {

    /// Offsets of a partition that there are to read.
    ///
    /// @param first of the oldest record
    /// @param end after the newest one that is committed
    record Range(long first, long end) {

        public long offsets() {
            return Math.max(0, end - first);
        }
    }

    /// One reader of one partition, in the order of offsets.
    interface Cursor extends AutoCloseable {

        /// Waits a little for more.
        ///
        /// @return none at the end, or when none came in time
        /// @throws org.apache.kafka.common.KafkaException when it cannot be read; nothing is
        ///   skipped
        List<ConsumerRecord<byte[], byte[]>> poll() throws InterruptedException;

        /// Next offset; beyond markers of transactions, which are no records.
        long position();

        boolean isAtEnd();

        @Override
        void close();
    }

    /// @return of every partition of these topics
    Map<TopicPartition, Range> ranges(Collection<String> topics)
            throws ExecutionException, InterruptedException;

    Cursor open(TopicPartition partition, Range range);
}
