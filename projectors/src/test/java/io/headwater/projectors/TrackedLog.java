package io.headwater.projectors;

import static java.util.Objects.requireNonNull;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The log of tracking, read and counted without any fold.
final class TrackedLog {

    private TrackedLog() {}

    /// @return committed events of the sessions of these sites
    static long events(Platform platform, String... sites) {
        Set<String> wanted = Set.of(sites);
        Map<String, String> siteOfSession = new HashMap<>();
        List<EventsTracked> tracked = new ArrayList<>();
        for (var record : read(platform)) {
            switch (record) {
                case SessionStarted started ->
                        siteOfSession.put(started.getSessionId(), started.getSiteId());
                case EventsTracked events -> tracked.add(events);
                default -> {}
            }
        }
        return tracked.stream()
                .filter(one -> wanted.contains(siteOfSession.getOrDefault(one.getSessionId(), "")))
                .mapToLong(one -> one.getEvents().size())
                .sum();
    }

    private static List<SpecificRecord> read(Platform platform) {
        var serde = new AvroSerde<SpecificRecord>(platform.ids());
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        platform.bootstrap(),
                        "isolation.level",
                        "read_committed");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(Topics.TRACKING_EVENTS.name()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<SpecificRecord> records = new ArrayList<>();
            while (!ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    records.add(requireNonNull(serde.deserialize(record.topic(), record.value())));
                }
            }
            return records;
        }
    }
}
