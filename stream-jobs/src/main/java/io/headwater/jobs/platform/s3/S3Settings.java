package io.headwater.jobs.platform.s3;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// Where objects are kept.
///
/// @param endpoint base URL of any S3-compatible store
/// @param bucket made when it is missing
/// @param callLimit longest time of one call; then it counts as failed
@Validated
@ConfigurationProperties("headwater.s3")
public record S3Settings(
        URI endpoint,
        @NotBlank String accessKey,
        String secretKey,
        @NotBlank String bucket,
        Duration callLimit) {

    /// Without the secret.
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", bucket=" + bucket + "]";
    }
}
