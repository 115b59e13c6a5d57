package io.headwater.projectors.platform.sink;

import org.apache.kafka.common.TopicPartition;

/// What a sink owns: one partition from one position on, until somebody else claims it.
///
/// @param epoch grows with every claim; a write under an older one is refused
record Claim(String topic, int part, long epoch, long next) {

    TopicPartition partition() {
        return new TopicPartition(topic, part);
    }

    Claim at(long next) {
        return new Claim(topic, part, epoch, next);
    }
}
