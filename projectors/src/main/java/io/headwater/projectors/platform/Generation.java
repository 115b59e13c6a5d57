package io.headwater.projectors.platform;

import io.headwater.schema.Topics;

/// One generation of one projection, and what everything that belongs to it is called.
///
/// @param projection name in the catalogue of topics
/// @param number 1, 2, 3 …
public record Generation(String projection, int number) {

    /// Consumer group of the fold, prefix of its internal topics.
    public String applicationId() {
        return "projector-" + projection + "-g" + number;
    }

    /// Consumer group of the sink.
    public String sinkGroup() {
        return "sink-" + projection + "-g" + number;
    }

    public String viewTopic() {
        return Topics.view(projection, number).name();
    }

    /// Source records that could not be folded, as they were; the cause is in the headers.
    public String deadLetterTopic() {
        return viewTopic() + ".dlt";
    }

    /// Schema of the tables.
    public String schema() {
        return projection + "_g" + number;
    }

    @Override
    public String toString() {
        return projection + ".g" + number;
    }
}
