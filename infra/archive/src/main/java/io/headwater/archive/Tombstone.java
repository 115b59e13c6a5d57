package io.headwater.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/// Stands beside a manifest whose records were taken away on purpose. The manifest stays, so the
/// chain holds.
///
/// @param manifestSha256 of the manifest it is for
/// @param sha256 of the object that was there
/// @param reason for people: an erasure, the end of a retention
/// @param at ISO 8601, UTC
@JsonPropertyOrder({
    "topic",
    "partition",
    "first",
    "last",
    "count",
    "manifest_sha256",
    "sha256",
    "reason",
    "at"
})
public record Tombstone(
        String topic,
        int partition,
        long first,
        long last,
        long count,
        @JsonProperty("manifest_sha256") String manifestSha256,
        String sha256,
        String reason,
        String at) {

    Instant instant() {
        return Instant.parse(at);
    }
}
