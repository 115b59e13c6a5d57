package io.headwater.command.platform.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A connected lead provider.
///
/// @param scheme how it proves itself; the provider's own where the administrator said nothing
/// @param secrets newest first; all are tried. Of keys that are sent whole only the digest, see
///   [io.headwater.command.platform.KeyDigest]
/// @param mapping lead field to path in the body
/// @param mappingVersion 1, 2, 3 … per source; 0: it never had a mapping
/// @param duplicateWindow of equal bodies; zero: never by body hash
/// @param personWindow of another submission of the same person; zero: never
/// @param options what the provider needs besides, for example the base URL of a hydration
/// @param secretOptions what of it is secret, for example the access token of a hydration
public record SourceConfig(
        String sourceId,
        String siteId,
        String name,
        String provider,
        Scheme scheme,
        List<String> secrets,
        Map<String, String> mapping,
        int mappingVersion,
        Duration duplicateWindow,
        Duration personWindow,
        Limits limits,
        Map<String, String> options,
        Map<String, String> secretOptions) {

    public static final Duration DEFAULT_DUPLICATE_WINDOW = Duration.ofMinutes(10);

    /// @param name null: the provider's own
    /// @param options what the scheme leaves open: header, parameter, tolerance_seconds
    public record Scheme(@Nullable String name, Map<String, String> options) {
        public static final Scheme OF_PROVIDER = new Scheme(null, Map.of());
    }

    /// @param perMinute most deliveries, over all instances; null: no limit
    /// @param perDay most submissions of a UTC day, the rest is quarantined; null: no limit
    public record Limits(@Nullable Integer perMinute, @Nullable Integer perDay) {
        public static final Limits NONE = new Limits(null, null);
    }

    public SourceConfig(
            String sourceId,
            String siteId,
            String name,
            String provider,
            Scheme scheme,
            List<String> secrets,
            Map<String, String> mapping,
            int mappingVersion,
            Duration duplicateWindow,
            Duration personWindow,
            Limits limits,
            Map<String, String> options) {
        this(
                sourceId,
                siteId,
                name,
                provider,
                scheme,
                secrets,
                mapping,
                mappingVersion,
                duplicateWindow,
                personWindow,
                limits,
                options,
                Map.of());
    }

    /// @return everything of it that must never be kept with a payload
    public List<String> allSecrets() {
        return Stream.concat(secrets.stream(), secretOptions.values().stream()).toList();
    }

    SourceConfig withSecrets(List<String> live) {
        return with(live, mapping, mappingVersion, secretOptions);
    }

    SourceConfig withSecretOptions(Map<String, String> open) {
        return with(secrets, mapping, mappingVersion, open);
    }

    /// As it would be with another mapping.
    public SourceConfig withMapping(Map<String, String> next, int version) {
        return with(secrets, next, version, secretOptions);
    }

    private SourceConfig with(
            List<String> live, Map<String, String> next, int version, Map<String, String> open) {
        return new SourceConfig(
                sourceId,
                siteId,
                name,
                provider,
                scheme,
                live,
                next,
                version,
                duplicateWindow,
                personWindow,
                limits,
                options,
                open);
    }

    /// Without the secrets, so that it may be logged.
    @Override
    public String toString() {
        return "SourceConfig[" + sourceId + ", " + siteId + ", " + provider + "]";
    }
}
