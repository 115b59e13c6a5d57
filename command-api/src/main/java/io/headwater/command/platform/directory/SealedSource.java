package io.headwater.command.platform.directory;

import io.headwater.command.platform.vault.SecretOpener;
import io.headwater.command.platform.vault.SourceSecrets;
import io.headwater.events.Pii;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A source as its events tell it, with secrets as they came. Folding needs no key; only who looks
/// a source up does.
///
/// @param config without secrets and secret options
/// @param secrets newest first, ended ones among them until the next is added
/// @param mappings all versions, oldest first
record SealedSource(
        SourceConfig config,
        List<Secret> secrets,
        Map<String, Pii> secretOptions,
        List<SourceDetails.Mapping> mappings,
        long version,
        Instant createdAt,
        String createdBy) {

    /// @param until when it ends; null: not by itself
    record Secret(String secretId, Pii value, Instant addedAt, @Nullable Instant until) {

        boolean liveAt(Instant now) {
            return until == null || until.isAfter(now);
        }

        /// Without the secret, which may be one from before there was a vault.
        @Override
        public String toString() {
            return "Secret[" + secretId + ", " + addedAt + ", " + until + "]";
        }
    }

    /// As it is used. What was erased is not there.
    SourceDetails open(SecretOpener opener) {
        var source = new SourceSecrets.Source(config.siteId(), config.sourceId());
        var open = new ArrayList<SourceDetails.Secret>();
        for (var secret : secrets) {
            opener.secret(source, secret.secretId(), secret.value())
                    .map(value ->
                            new SourceDetails.Secret(
                                    secret.secretId(), value, secret.addedAt(), secret.until()))
                    .ifPresent(open::add);
        }
        var options = new HashMap<String, String>();
        secretOptions.forEach((name, value) ->
                opener.option(source, name, value).ifPresent(text -> options.put(name, text)));
        return new SourceDetails(
                config.withSecretOptions(Map.copyOf(options)),
                List.copyOf(open),
                mappings,
                version,
                createdAt,
                createdBy);
    }

    /// Without the secrets, so that it may be logged.
    @Override
    public String toString() {
        return "SealedSource[" + config + ", " + version + "]";
    }
}
