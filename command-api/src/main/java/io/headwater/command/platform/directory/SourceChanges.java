package io.headwater.command.platform.directory;

import static io.headwater.command.platform.directory.AccessFold.or;

import io.headwater.events.Pii;
import io.headwater.events.access.SourceChanged;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceMapped;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.events.access.SourceSecretEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the events of a source do to it, each applied once.
final class SourceChanges {

    private SourceChanges() {}

    static SealedSource created(SourceCreated event) {
        var at = event.getMeta().getOccurredAt();
        var mapping = Map.copyOf(event.getMapping());
        boolean mapped = !mapping.isEmpty();
        var config =
                new SourceConfig(
                        event.getSourceId(),
                        event.getSiteId(),
                        event.getName(),
                        event.getProvider(),
                        new SourceConfig.Scheme(
                                event.getSignatureScheme(),
                                Map.copyOf(event.getSignatureOptions())),
                        List.of(),
                        mapping,
                        mapped ? 1 : 0,
                        Duration.ofSeconds(event.getDuplicateWindowSeconds()),
                        Duration.ofSeconds(event.getPersonWindowSeconds()),
                        new SourceConfig.Limits(event.getPerMinute(), event.getPerDay()),
                        Map.copyOf(event.getOptions()));
        var secrets = new ArrayList<SealedSource.Secret>();
        for (int i = 0; i < event.getSecrets().size(); i++) {
            secrets.add(
                    new SealedSource.Secret(
                            event.getSecretIds().get(i), event.getSecrets().get(i), at, null));
        }
        return new SealedSource(
                config,
                List.copyOf(secrets),
                Map.copyOf(event.getSecretOptions()),
                mapped
                        ? List.of(new SourceDetails.Mapping(1, at, event.getActor(), mapping))
                        : List.of(),
                1,
                at,
                event.getActor());
    }

    static SealedSource changed(SealedSource source, SourceChanged event) {
        var old = source.config();
        var changes = event.getChanges();
        var cleared = event.getCleared();
        String scheme =
                cleared.contains("signature_scheme")
                        ? null
                        : AccessFold.orNull(changes.getSignatureScheme(), old.scheme().name());
        var schemeOptions =
                cleared.contains("signature_options")
                        ? Map.<String, String>of()
                        : or(changes.getSignatureOptions(), old.scheme().options());
        var config =
                new SourceConfig(
                        old.sourceId(),
                        old.siteId(),
                        cleared.contains("name")
                                ? old.provider()
                                : or(changes.getName(), old.name()),
                        old.provider(),
                        new SourceConfig.Scheme(scheme, Map.copyOf(schemeOptions)),
                        List.of(),
                        old.mapping(),
                        old.mappingVersion(),
                        cleared.contains("duplicate_window_seconds")
                                ? SourceConfig.DEFAULT_DUPLICATE_WINDOW
                                : seconds(
                                        changes.getDuplicateWindowSeconds(), old.duplicateWindow()),
                        cleared.contains("person_window_seconds")
                                ? Duration.ZERO
                                : seconds(changes.getPersonWindowSeconds(), old.personWindow()),
                        new SourceConfig.Limits(
                                cleared.contains("per_minute")
                                        ? null
                                        : AccessFold.orNull(
                                                changes.getPerMinute(), old.limits().perMinute()),
                                cleared.contains("per_day")
                                        ? null
                                        : AccessFold.orNull(
                                                changes.getPerDay(), old.limits().perDay())),
                        cleared.contains("options")
                                ? Map.of()
                                : Map.copyOf(or(changes.getOptions(), old.options())));
        var secretOptions =
                cleared.contains("secret_options")
                        ? Map.<String, Pii>of()
                        : Map.copyOf(or(changes.getSecretOptions(), source.secretOptions()));
        return next(source, config, source.secrets(), secretOptions, source.mappings());
    }

    private static Duration seconds(@Nullable Long changed, Duration old) {
        return changed == null ? old : Duration.ofSeconds(changed);
    }

    static SealedSource mapped(SealedSource source, SourceMapped event) {
        var mapping =
                new SourceDetails.Mapping(
                        event.getMappingVersion(),
                        event.getMeta().getOccurredAt(),
                        event.getActor(),
                        Map.copyOf(event.getMapping()));
        var mappings = new ArrayList<>(source.mappings());
        mappings.add(mapping);
        return next(
                source,
                source.config().withMapping(mapping.mapping(), mapping.version()),
                source.secrets(),
                source.secretOptions(),
                mappings);
    }

    static SealedSource secretAdded(SealedSource source, SourceSecretAdded event) {
        var at = event.getMeta().getOccurredAt();
        var secrets = new ArrayList<SealedSource.Secret>();
        secrets.add(new SealedSource.Secret(event.getSecretId(), event.getSecret(), at, null));
        for (var old : source.secrets()) {
            if (old.liveAt(at)) {
                secrets.add(
                        new SealedSource.Secret(
                                old.secretId(),
                                old.value(),
                                old.addedAt(),
                                sooner(old.until(), event.getOlderUntil())));
            }
        }
        return next(source, source.config(), secrets, source.secretOptions(), source.mappings());
    }

    private static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    static SealedSource secretEnded(SealedSource source, SourceSecretEnded event) {
        return next(
                source,
                source.config(),
                source.secrets().stream()
                        .filter(secret -> !secret.secretId().equals(event.getSecretId()))
                        .toList(),
                source.secretOptions(),
                source.mappings());
    }

    private static SealedSource next(
            SealedSource source,
            SourceConfig config,
            List<SealedSource.Secret> secrets,
            Map<String, Pii> secretOptions,
            List<SourceDetails.Mapping> mappings) {
        return new SealedSource(
                config,
                List.copyOf(secrets),
                secretOptions,
                List.copyOf(mappings),
                source.version() + 1,
                source.createdAt(),
                source.createdBy());
    }
}
