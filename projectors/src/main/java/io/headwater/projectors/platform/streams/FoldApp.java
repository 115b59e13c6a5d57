package io.headwater.projectors.platform.streams;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.schema.SchemaIds;
import io.headwater.streams.StreamsApp;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/// The fold of one generation, as a topology and running.
public final class FoldApp {

    private FoldApp() {}

    /// To be started.
    ///
    /// @param gate in front of its event topics
    public static StreamsApp of(
            Projection projection,
            Generation generation,
            SchemaIds ids,
            Properties settings,
            SourceGate gate) {
        return new StreamsApp(
                generation.toString(),
                topology(projection, generation, ids, settings),
                settings,
                new GatedClients(gate, Set.copyOf(projection.sources())),
                () -> {});
    }

    /// The same graph as runs, for tests and for comparing with what was checked in.
    public static Topology topology(
            Projection projection, Generation generation, SchemaIds ids, Properties settings) {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
        projection.addTo(builder, new View(generation.viewTopic(), ids));
        return builder.build();
    }
}
