package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/// All that is left is the archive: the views come back as they were, to the last bit.
@EnabledIfSystemProperty(named = "headwater.full", matches = "true")
class RestoreIT {

    private static final List<String> ARCHIVED =
            List.of(
                    "access.events.v1",
                    "lead.events.v1",
                    "intake.receipts.v1",
                    "intake.webhooks.v1",
                    "intake.hydrations.v1",
                    "tracking.events.v1");

    private final Caller caller = new Caller();

    @Test
    void viewsAreTheSameWhenOnlyTheArchiveWasLeft() throws Exception {
        var settings = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        settings.put("LEAD_DECISION_WAIT", "20s");
        settings.put("LOG_ARCHIVE_RANGE_AGE", "1s");
        settings.put("LOG_ARCHIVE_RANGE_OFFSETS", "20");
        try (var platform = LaunchedPlatform.start(settings)) {
            // given
            live(platform);
            soon(() -> assertThat(notArchived(platform)).isEmpty());
            Map<String, String> before = checksums(platform);
            assertThat(before.get("leads")).startsWith("26 ");
            platform.down();

            // when
            for (String lost : List.of("kafka", "postgres", "registry", "state", "schemas.json")) {
                delete(platform.data().resolve(lost));
            }
            var restored = platform.another("restore");
            assertThat(restored.status()).as(restored.said()).isZero();
            assertThat(restored.said()).contains("epoch 2:", "lead.events.v1 is there");

            // then
            platform.up("--without", "command-api");
            soon(() -> assertThat(checksums(platform)).isEqualTo(before));
            var again = platform.another("restore", "--retention");
            assertThat(again.status()).as(again.said()).isZero();
        }
    }

    private void live(LaunchedPlatform platform) {
        var site = TestSite.make(caller, platform, "kept");
        var source = site.source("generic");
        for (int i = 0; i < 25; i++) {
            site.capture("{\"email\":\"lead-%d@example.org\"}".formatted(i));
        }
        var delivery = Fixture.of(site, "generic", "kept", "by-provider@example.org");
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);
        soon(() -> assertThat(site.leads("by-provider@example.org")).hasSize(1));
        soon(() -> assertThat(site.leads("lead-24@example.org")).hasSize(1));
    }

    /// Committed records of each partition that are not below the end of its archive.
    private Map<String, Long> notArchived(LaunchedPlatform platform) {
        var archived = archivedUntil(platform);
        var missing = new TreeMap<String, Long>();
        try (var consumer = consumer(platform)) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    String partition = record.topic() + "-" + record.partition();
                    if (record.offset() >= archived.path(partition).asLong()) {
                        missing.put(partition, record.offset());
                    }
                }
            }
        }
        return missing;
    }

    private JsonNode archivedUntil(LaunchedPlatform platform) {
        int offset = platform.queryApi().getPort() - App.QUERY_API.port(0);
        var health = caller.get(URI.create(App.STREAM_JOBS.url(offset) + "/health"), Map.of());
        return health.json().path("parts").path("log-archive").path("archived_until");
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return ARCHIVED.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(LaunchedPlatform platform) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        platform.told().path("kafka").asString(),
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// Count and sum of the hashes of every row of every view, all columns, by its name.
    private static Map<String, String> checksums(LaunchedPlatform platform) throws Exception {
        try (var model = new ReadModel(platform)) {
            var checksums = new TreeMap<String, String>();
            for (String view : model.views()) {
                checksums.put(view, model.checksum(view));
            }
            return checksums;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
