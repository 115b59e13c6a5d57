package io.headwater.command.platform.kafka;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.apache.avro.specific.SpecificRecord;

/// Reads what one key has on a topic, from some time on until now, and stops.
public interface TopicScan {

    /// @param since by record time
    /// @param reader called in the order of the log
    /// @param goOn asked after every batch with the number of records left, other keys' too
    /// @return whether it was read to the end
    boolean read(
            String topic,
            String key,
            Instant since,
            Consumer<SpecificRecord> reader,
            LongPredicate goOn);
}
