package io.headwater.command.platform.axon;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How every decider of this instance runs.
///
/// @param threads stream threads per decider; more than partitions are idle
/// @param commitInterval half of it is the usual wait for a decision
/// @param standbys warm copies of the stores on other instances; 1 where there are two or more
/// @param storeMemory of all stores of a decider together: caches and write buffers
@Validated
@ConfigurationProperties("headwater.decider")
public record DeciderSettings(
        @Min(1) int threads,
        Duration commitInterval,
        @Min(0) @Max(2) int standbys,
        DataSize storeMemory) {}
