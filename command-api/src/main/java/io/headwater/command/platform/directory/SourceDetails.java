package io.headwater.command.platform.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A source with what administrators see of it and deliveries do not need.
///
/// @param config without secrets
/// @param secrets newest first, ended ones among them until the next is added
/// @param mappings all versions, oldest first
/// @param version number of its events, for `If-Match`
public record SourceDetails(
        SourceConfig config,
        List<Secret> secrets,
        List<Mapping> mappings,
        long version,
        Instant createdAt,
        String createdBy) {

    /// @param until when it ends; null: not by itself
    public record Secret(String secretId, String value, Instant addedAt, @Nullable Instant until) {

        public boolean liveAt(Instant now) {
            return until == null || until.isAfter(now);
        }

        /// Without the secret, so that it may be logged.
        @Override
        public String toString() {
            return "Secret[" + secretId + ", " + addedAt + ", " + until + "]";
        }
    }

    /// @param mapping lead field to expression; empty: none
    /// @param actor who made it
    public record Mapping(int version, Instant at, String actor, Map<String, String> mapping) {}

    /// @return what deliveries are judged by, with the secrets that are live
    public SourceConfig at(Instant now) {
        return config.withSecrets(
                secrets.stream().filter(secret -> secret.liveAt(now)).map(Secret::value).toList());
    }

    public Optional<Mapping> mapping(int mappingVersion) {
        return mappings.stream().filter(one -> one.version() == mappingVersion).findFirst();
    }
}
