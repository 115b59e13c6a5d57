package io.headwater.command.platform.state;

import io.headwater.streams.OwnConsumer;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// The clients of a fold: what Streams has else, but for the consumer of the events.
final class FoldClients extends OwnConsumer {

    private final EventLog events;
    private final Map<TopicPartition, Long> handOvers;

    /// @param handOvers offset up to which the archive is read, of partitions whose beginning Kafka
    ///   does not have any more
    FoldClients(EventLog events, Map<TopicPartition, Long> handOvers) {
        this.events = events;
        this.handOvers = Map.copyOf(handOvers);
    }

    Map<TopicPartition, Long> handOvers() {
        return handOvers;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new ArchiveFirstConsumer(config, events, handOvers);
    }
}
