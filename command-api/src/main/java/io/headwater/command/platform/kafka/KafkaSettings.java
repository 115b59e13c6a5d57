package io.headwater.command.platform.kafka;

import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How this application writes to the logs.
///
/// @param appendLimit longest wait for an acknowledgement before the log counts as unavailable
/// @param intakeQueue requests that may wait for the transactional producer; one more is turned
///   away
/// @param factBuffer memory of unsent facts; beyond it the log counts as unavailable
@Validated
@ConfigurationProperties("headwater.kafka")
public record KafkaSettings(
        @NotBlank String bootstrapServers,
        @DefaultValue KafkaSecurity security,
        Duration appendLimit,
        @Min(1) int intakeQueue,
        DataSize factBuffer) {

    public Brokers brokers() {
        return new Brokers(bootstrapServers, security);
    }
}
