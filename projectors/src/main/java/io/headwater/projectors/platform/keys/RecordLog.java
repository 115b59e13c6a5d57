package io.headwater.projectors.platform.keys;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One partition, of which ranges can be read.
interface RecordLog {

    /// @return the first offset that it still has
    long first();

    /// @return the offset after the newest committed record
    long end();

    /// @param from inclusive
    /// @param to exclusive; not after the end
    void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each);
}
