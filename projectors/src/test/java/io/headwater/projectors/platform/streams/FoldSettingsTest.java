package io.headwater.projectors.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.schema.KafkaSecurity;
import io.headwater.streams.StoreMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class FoldSettingsTest {

    @Test
    void ofThreeCopiesOfAChangelogTwoAcknowledge() {
        assertThat(with((short) 3)).containsEntry("topic.min.insync.replicas", "2");
        assertThat(with((short) 1)).doesNotContainKey("topic.min.insync.replicas");
        assertThat(with((short) -1)).doesNotContainKey("topic.min.insync.replicas");
    }

    @Test
    void fewRecordsWaitInMemoryBecauseTheyMayBeLarge() {
        assertThat(with((short) 1))
                .containsEntry("main.consumer.max.poll.records", 250)
                .containsEntry("buffered.records.per.partition", 250);
    }

    private static Properties with(short replication) {
        var settings =
                new ProjectorSettings(
                        new ProjectorSettings.Kafka("127.0.0.1:1", KafkaSecurity.NONE),
                        new ProjectorSettings.Schemas("", ""),
                        new ProjectorSettings.Postgres("", "", ""),
                        Path.of("unused"),
                        "test",
                        Set.of(),
                        new ProjectorSettings.Streams(
                                Duration.ofMillis(100),
                                DataSize.ofMegabytes(1),
                                DataSize.ofMegabytes(1),
                                0,
                                replication),
                        new ProjectorSettings.Sink(
                                5_000, 100, Duration.ofSeconds(5), Duration.ofMinutes(1)));
        try (var memory = new StoreMemory(1 << 20)) {
            return FoldSettings.of(settings, new Generation("traffic", 1), memory);
        }
    }
}
