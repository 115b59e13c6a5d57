package io.headwater.command.platform.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Ids;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SchemaIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// What is known of a command without a broker.
class KafkaCommandResultsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");

    private final KafkaCommandResults results =
            new KafkaCommandResults(
                    new KafkaSettings(
                            "unused:1",
                            KafkaSecurity.NONE,
                            Duration.ofSeconds(1),
                            1,
                            DataSize.ofMegabytes(1)),
                    new AvroSerde<>(SchemaIds.inMemory()));

    @Test
    void whatNobodyWaitsForAnyMoreIsStillPending() {
        var future = results.expect("c1");
        results.forget("c1");

        assertThat(future).isNotDone();
        assertThat(results.pending("c1", NOW)).isTrue();
        assertThat(results.pending("c2", NOW)).isFalse();
    }

    @Test
    void whatIsDecidedIsNotPendingBesides() {
        results.expect("c1");
        results.forget("c1");

        results.accept(
                CommandResult.newBuilder()
                        .setCommandId("c1")
                        .setAccepted(true)
                        .setOutcome("accepted")
                        .setDecidedAt(NOW)
                        .build());

        assertThat(results.find("c1")).isPresent();
        assertThat(results.pending("c1", NOW)).isFalse();
    }

    @Test
    void idsOfOtherInstancesTellTheirAge() {
        assertThat(results.pending(madeAt(NOW.minusSeconds(3)), NOW)).isTrue();
        assertThat(results.pending(madeAt(NOW.minus(KafkaCommandResults.HORIZON)), NOW)).isFalse();
        assertThat(results.pending(madeAt(NOW.plusSeconds(3_600)), NOW)).isFalse();
    }

    private static String madeAt(Instant at) {
        return Ids.next(at, new Random(1));
    }
}
