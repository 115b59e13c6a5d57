package io.headwater.command.intake.imports;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// How existing leads are taken in.
///
/// @param decisionWait longest wait for the decisions about one request's rows; what is not decided
///   by then is told as pending
/// @param maxRows most rows in one request
@Validated
@ConfigurationProperties("headwater.imports")
public record ImportSettings(Duration decisionWait, @Min(1) @Max(10_000) int maxRows) {}
