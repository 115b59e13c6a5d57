package io.headwater.projectors.platform.streams;

import io.headwater.streams.OwnConsumer;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;

/// The clients of a fold: those of Kafka, and in front of its events a gate.
final class GatedClients extends OwnConsumer {

    private final SourceGate gate;
    private final Set<String> events;

    GatedClients(SourceGate gate, Set<String> events) {
        this.gate = gate;
        this.events = events;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new GatedConsumer(config, gate, events);
    }
}
