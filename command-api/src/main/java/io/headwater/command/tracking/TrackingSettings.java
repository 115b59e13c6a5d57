package io.headwater.command.tracking;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What pages may report.
///
/// @param maxBatch most events in one call
/// @param maxEventData largest `data` object of one event, as JSON text
@Validated
@ConfigurationProperties("headwater.tracking")
public record TrackingSettings(@Min(1) @Max(5_000) int maxBatch, DataSize maxEventData) {}
