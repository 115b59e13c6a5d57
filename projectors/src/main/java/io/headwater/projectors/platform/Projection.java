package io.headwater.projectors.platform;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;

/// A pure function from events to rows, as a Kafka Streams topology.
///
/// Folds only: no clock, no random, no look-up, no dependence on the order between partitions, so
/// that a replay gives the same rows.
public interface Projection {

    /// Name in the catalogue of topics: prefix of the schema, part of the view topic.
    String name();

    /// Changes whenever the same events would give other rows: then a new generation is due.
    int foldVersion();

    /// Event topics read.
    List<String> sources();

    /// Kinds of rows; each names its table and key in its schema.
    List<Class<? extends SpecificRecord>> rows();

    /// Adds sources, fold and the way out to the builder.
    void addTo(StreamsBuilder builder, View view);
}
