package io.headwater.jobs.lead;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// How leads get their scores.
///
/// @param applicationId names offsets and stores: another id starts from the beginning
/// @param sessionsTopic the sessions projection's view of the generation to score by
/// @param followFor stream time for which a lead's score follows its session after a submission
/// @param forgetAfter stream time after which an idle visitor is forgotten
@Validated
@ConfigurationProperties("headwater.lead-score")
public record LeadScoreSettings(
        @NotBlank String applicationId,
        @NotBlank String sessionsTopic,
        Duration followFor,
        Duration forgetAfter) {}
