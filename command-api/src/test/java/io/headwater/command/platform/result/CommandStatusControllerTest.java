package io.headwater.command.platform.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SchemaIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class CommandStatusControllerTest {

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
    private final CommandStatusController controller =
            new CommandStatusController(results, Clock.fixed(NOW, ZoneOffset.UTC));

    private CommandStatusController.CommandStatus status(String id) {
        return Objects.requireNonNull(controller.status(id).getBody());
    }

    private void decided(String id, String outcome, Map<String, String> values) {
        results.accept(
                CommandResult.newBuilder()
                        .setCommandId(id)
                        .setAccepted(true)
                        .setOutcome(outcome)
                        .setValues(values)
                        .setDecidedAt(NOW)
                        .build());
    }

    @Test
    void isPendingAfterTheRequestGaveUp() {
        results.expect("c1");
        results.forget("c1");

        assertThat(status("c1").status()).isEqualTo("pending");
        assertThatThrownBy(() -> controller.status("c2")).isInstanceOf(Refused.class);
    }

    @Test
    void aRepetitionOfWhatWasRefusedIsRefused() {
        decided(
                "c1",
                "duplicate",
                Map.of("first_outcome", "refused", "first_code", "invalid-email"));

        assertThat(status("c1").outcome()).isEqualTo("refused");
        assertThat(status("c1").code()).isEqualTo("invalid-email");
    }

    @Test
    void aRobotLearnsNothing() {
        decided("c1", "blocked", Map.of("lead_id", "main_1"));
        decided("c2", "duplicate", Map.of("lead_id", "main_1", "first_outcome", "blocked"));

        assertThat(status("c1").outcome()).isEqualTo("accepted");
        assertThat(status("c1").code()).isNull();
        assertThat(status("c2").outcome()).isEqualTo("duplicate");
        assertThat(status("c2").values()).isEqualTo(Map.of("lead_id", "main_1"));
    }
}
