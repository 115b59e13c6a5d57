package io.headwater.archive.s3;

import java.net.URI;
import java.time.Duration;

/// Where a bucket is and how it is reached.
///
/// @param endpoint base URL of any S3-compatible store
/// @param callLimit longest time of one call; then it counts as failed
public record S3Location(
        URI endpoint, String accessKey, String secretKey, String bucket, Duration callLimit) {

    /// Without the secret.
    @Override
    public String toString() {
        return "S3Location[endpoint=" + endpoint + ", bucket=" + bucket + "]";
    }
}
