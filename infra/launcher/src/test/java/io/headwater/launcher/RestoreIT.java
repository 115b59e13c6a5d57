package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.schema.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/// All that is left is the archive: the log and the views come back as they were, to the last bit,
/// however often the restore is killed.
///
/// `-Dheadwater.fault.seed=S` repeats a run.
@EnabledIfSystemProperty(named = "headwater.full", matches = "true")
class RestoreIT {

    /// What a restore says in its course; it is killed a moment after.
    private static final List<String> KILLED_AFTER =
            List.of(
                    "epoch 2:",
                    "epoch 2:",
                    "access.events.v1 is there",
                    "intake.webhooks.v1 is there",
                    "lead.events.v1 is there",
                    "tracking.events.v1 is there");

    private static final long SEED = Long.getLong("headwater.fault.seed", System.nanoTime());

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
            Map<String, List<String>> log = log(platform);
            assertThat(before.get("leads")).startsWith("26 ");
            var backup = platform.data().resolve("vault.backup");
            Program.keys(platform, "backup", backup.toString());
            platform.down();

            // when
            for (String lost : List.of("kafka", "postgres", "registry", "state", "schemas.json")) {
                delete(platform.data().resolve(lost));
            }
            killHalfWay(platform);
            var restored = platform.another("restore");
            assertThat(restored.status()).as(restored.said()).isZero();
            assertThat(restored.said()).contains("epoch 2:", "lead.events.v1 is there");

            // then
            // Tables would wait for keys, and the start for tables.
            platform.up(
                    "--without",
                    "command-api",
                    "--without",
                    "projectors",
                    "--without",
                    "query-api");
            assertThat(log(platform)).isEqualTo(log);
            Program.keys(platform, "restore", backup.toString());
            platform.down();
            platform.up("--without", "command-api");
            soon(() -> assertThat(checksums(platform)).isEqualTo(before));
            var again = platform.another("restore", "--retention");
            assertThat(again.status()).as(again.said()).isZero();
        }
    }

    /// `kill -9` of the restore, which Kafka and the others do not outlive; each goes on where the
    /// one before was ended.
    private static void killHalfWay(LaunchedPlatform platform) throws Exception {
        System.out.println("RestoreIT: seed " + SEED);
        var random = new Random(SEED);
        int kills = 0;
        for (String words : KILLED_AFTER) {
            if (platform.killed("restore", words, Duration.ofMillis(random.nextInt(400)))) {
                kills++;
            }
        }
        assertThat(kills).as("kills, seed %d", SEED).isPositive();
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

    /// All that is committed of each partition and where that is, by its name.
    private static Map<String, List<String>> log(LaunchedPlatform platform) {
        var log = new TreeMap<String, List<String>>();
        try (var consumer = consumer(platform)) {
            var partitions = partitions(consumer);
            var begins = consumer.beginningOffsets(partitions);
            var ends = consumer.endOffsets(partitions);
            for (var partition : partitions) {
                var lines = new ArrayList<String>();
                lines.add(begins.get(partition) + " … " + ends.get(partition));
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(record -> lines.add(described(record)));
                }
                log.put(partition.toString(), lines);
            }
        }
        assertThat(log.values().stream().mapToInt(List::size).sum()).isGreaterThan(50);
        return log;
    }

    private static String described(ConsumerRecord<byte[], byte[]> record) {
        var headers = new StringBuilder();
        record.headers()
                .forEach(header ->
                        headers.append(' ')
                                .append(header.key())
                                .append('=')
                                .append(hex(header.value())));
        return "%d %d %s %s%s"
                .formatted(
                        record.offset(),
                        record.timestamp(),
                        hex(record.key()),
                        hex(record.value()),
                        headers);
    }

    private static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
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
        return Topics.ARCHIVED.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
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
