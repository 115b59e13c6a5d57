package io.headwater.command.platform.directory;

import static io.headwater.command.platform.directory.AccessFold.or;

import io.headwater.events.Pii;
import io.headwater.events.access.SourceChanged;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceMapped;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.events.access.SourceSecretEnded;
import io.headwater.schema.PersonalData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the events of a source do to it, each applied once.
final class SourceChanges {

    private SourceChanges() {}

    static SourceDetails created(SourceCreated event) {
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
                        Map.copyOf(event.getOptions()),
                        opened(event.getSecretOptions()));
        var secrets = new ArrayList<SourceDetails.Secret>();
        for (int i = 0; i < event.getSecrets().size(); i++) {
            secrets.add(
                    new SourceDetails.Secret(
                            event.getSecretIds().get(i),
                            PersonalData.opened(event.getSecrets().get(i)),
                            at,
                            null));
        }
        return new SourceDetails(
                config,
                List.copyOf(secrets),
                mapped
                        ? List.of(new SourceDetails.Mapping(1, at, event.getActor(), mapping))
                        : List.of(),
                1,
                at,
                event.getActor());
    }

    static SourceDetails changed(SourceDetails source, SourceChanged event) {
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
                                : Map.copyOf(or(changes.getOptions(), old.options())),
                        cleared.contains("secret_options")
                                ? Map.of()
                                : changes.getSecretOptions() == null
                                        ? old.secretOptions()
                                        : opened(changes.getSecretOptions()));
        return next(source, config, source.secrets(), source.mappings());
    }

    private static Map<String, String> opened(Map<String, Pii> sealed) {
        var open = new HashMap<String, String>();
        sealed.forEach((name, value) -> open.put(name, PersonalData.opened(value)));
        return Map.copyOf(open);
    }

    private static Duration seconds(@Nullable Long changed, Duration old) {
        return changed == null ? old : Duration.ofSeconds(changed);
    }

    static SourceDetails mapped(SourceDetails source, SourceMapped event) {
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
                mappings);
    }

    static SourceDetails secretAdded(SourceDetails source, SourceSecretAdded event) {
        var at = event.getMeta().getOccurredAt();
        var secrets = new ArrayList<SourceDetails.Secret>();
        secrets.add(
                new SourceDetails.Secret(
                        event.getSecretId(), PersonalData.opened(event.getSecret()), at, null));
        for (var old : source.secrets()) {
            if (old.liveAt(at)) {
                secrets.add(
                        new SourceDetails.Secret(
                                old.secretId(),
                                old.value(),
                                old.addedAt(),
                                sooner(old.until(), event.getOlderUntil())));
            }
        }
        return next(source, source.config(), secrets, source.mappings());
    }

    private static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    static SourceDetails secretEnded(SourceDetails source, SourceSecretEnded event) {
        return next(
                source,
                source.config(),
                source.secrets().stream()
                        .filter(secret -> !secret.secretId().equals(event.getSecretId()))
                        .toList(),
                source.mappings());
    }

    private static SourceDetails next(
            SourceDetails source,
            SourceConfig config,
            List<SourceDetails.Secret> secrets,
            List<SourceDetails.Mapping> mappings) {
        return new SourceDetails(
                config,
                List.copyOf(secrets),
                List.copyOf(mappings),
                source.version() + 1,
                source.createdAt(),
                source.createdBy());
    }
}
