package io.headwater.command.access.admin;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Providers;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.directory.SourceDetails;
import io.headwater.command.platform.directory.SourceDirectory;
import io.headwater.command.platform.vault.SourceSecrets;
import io.headwater.events.Pii;
import io.headwater.events.access.ChangeSource;
import io.headwater.events.access.CreateSource;
import io.headwater.events.access.RemoveSource;
import io.headwater.events.access.SourceChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Lead providers and the webhook URL of each.
@RestController
@RequestMapping("/admin/sources")
final class SourceController {

    private final AccessCommands commands;
    private final SourceDirectory directory;
    private final Providers providers;
    private final SourceForm form;
    private final SourceView view;
    private final SourceSecrets sealing;
    private final Clock clock;

    SourceController(
            AccessCommands commands,
            SourceDirectory directory,
            Providers providers,
            InstanceSettings instance,
            SourceSecrets sealing,
            Clock clock) {
        this.commands = commands;
        this.directory = directory;
        this.providers = providers;
        this.form = new SourceForm(providers);
        this.view = new SourceView(providers, instance.publicUrl());
        this.sealing = sealing;
        this.clock = clock;
    }

    /// Who gives no secret gets one where the scheme lets us choose it; the answer is the only one
    /// that tells it.
    @PostMapping
    ResponseEntity<Map<String, Object>> create(@RequestBody JsonNode body) {
        var members = Members.of(body);
        String siteId = members.text("site_id", 40);
        String name = members.text("name", 200);
        String provider = form.provider(members);
        var signature = form.signature(members, true);
        var mapping = form.mapping(members);
        var bounds = form.bounds(members);
        var options = form.options(members, provider);
        var secretOptions = form.secretOptions(members, provider);
        var schemeOptions =
                Objects.requireNonNullElse(signature.options(), Map.<String, String>of());
        List<String> secrets = Objects.requireNonNullElse(signature.secrets(), List.of());
        String scheme = "";
        if (provider != null) {
            scheme = providers.scheme(provider, signature.scheme(), secrets);
            if (secrets.isEmpty()) {
                secrets = form.chosen(members, scheme, schemeOptions);
            }
            if (!secrets.isEmpty() || signature.scheme() != null) {
                form.check(members, provider, signature.scheme(), schemeOptions, secrets);
            }
        }
        members.requireRight();
        String sourceId = Names.id();
        String commandId = Names.id();
        var now = clock.instant();
        var config =
                new SourceConfig(
                        sourceId,
                        siteId == null ? AccessDirectory.DEFAULT_SITE : siteId,
                        name == null ? String.valueOf(provider) : name,
                        String.valueOf(provider),
                        new SourceConfig.Scheme(signature.scheme(), schemeOptions),
                        List.of(),
                        mapping == null ? Map.of() : mapping,
                        mapping == null || mapping.isEmpty() ? 0 : 1,
                        SourceForm.orDefault(
                                bounds.repeat(), SourceConfig.DEFAULT_DUPLICATE_WINDOW),
                        SourceForm.orDefault(bounds.person(), Duration.ZERO),
                        new SourceConfig.Limits(bounds.perMinute(), bounds.perDay()),
                        options == null ? Map.of() : options);
        var made = kept(scheme, secrets, now);
        var sealer = sealer(config);
        var command = command(commandId, config, made, sealer);
        if (secretOptions != null) {
            command.setSecretOptions(sealed(secretOptions, sealer));
        }
        boolean inEffect = commands.send(commandId, command.build());
        var details = new SourceDetails(config, made, List.of(), 1, now, commands.actor());
        var answer = view.of(directory.sourceDetails(sourceId).orElse(details), now);
        answer.put("url", view.url(details.at(now), secrets.isEmpty() ? null : secrets.getFirst()));
        if (signature.secrets() == null && !secrets.isEmpty()) {
            answer.put("secret", secrets.getFirst());
        }
        return Made.answer(inEffect, commandId, HttpStatus.CREATED, answer);
    }

    private List<SourceDetails.Secret> kept(String scheme, List<String> secrets, Instant now) {
        return secrets.stream()
                .map(secret ->
                        new SourceDetails.Secret(
                                Names.id(), providers.kept(scheme, secret), now, null))
                .toList();
    }

    private SourceSecrets.Sealer sealer(SourceConfig config) {
        return sealing.of(new SourceSecrets.Source(config.siteId(), config.sourceId()));
    }

    private static Map<String, Pii> sealed(
            Map<String, String> options, SourceSecrets.Sealer sealer) {
        var sealed = new LinkedHashMap<String, Pii>();
        options.forEach((name, value) -> sealed.put(name, sealer.option(name, value)));
        return sealed;
    }

    private CreateSource.Builder command(
            String commandId,
            SourceConfig config,
            List<SourceDetails.Secret> secrets,
            SourceSecrets.Sealer sealer) {
        return CreateSource.newBuilder()
                .setCommandId(commandId)
                .setSiteId(config.siteId())
                .setSourceId(config.sourceId())
                .setName(config.name())
                .setProvider(config.provider())
                .setSecrets(
                        secrets.stream()
                                .map(secret -> sealer.secret(secret.secretId(), secret.value()))
                                .toList())
                .setSecretIds(secrets.stream().map(SourceDetails.Secret::secretId).toList())
                .setMapping(config.mapping())
                .setSignatureScheme(config.scheme().name())
                .setSignatureOptions(config.scheme().options())
                .setDuplicateWindowSeconds(config.duplicateWindow().toSeconds())
                .setPersonWindowSeconds(config.personWindow().toSeconds())
                .setPerMinute(config.limits().perMinute())
                .setPerDay(config.limits().perDay())
                .setOptions(config.options())
                .setActor(commands.actor())
                .setRequestedAt(clock.instant());
    }

    @GetMapping
    List<Map<String, Object>> list(
            @RequestParam(name = "site_id", required = false) @Nullable String siteId) {
        var now = clock.instant();
        return directory.allSourceDetails().stream()
                .filter(source -> siteId == null || source.config().siteId().equals(siteId))
                .map(source -> view.of(source, now))
                .toList();
    }

    @GetMapping("/{id}")
    ResponseEntity<Map<String, Object>> one(@PathVariable String id) {
        var source = source(id);
        return ResponseEntity.ok()
                .eTag("\"" + source.version() + "\"")
                .header("Cache-Control", "no-store")
                .body(view.of(source, clock.instant()));
    }

    /// What is absent stays, what is null goes back to its default.
    ///
    /// @param ifMatch ETag of the version that the caller has seen
    @PatchMapping("/{id}")
    ResponseEntity<Map<String, Object>> change(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody JsonNode body) {
        var source = source(id);
        var config = source.config();
        var members = Members.of(body);
        var expected = SourceForm.version(ifMatch, members);
        var signature = form.signature(members, false);
        var bounds = form.bounds(members);
        var cleared = new ArrayList<>(bounds.cleared());
        SourceForm.clear(members.isNull("name"), "name", cleared);
        SourceForm.clear(members.isNull("options"), "options", cleared);
        SourceForm.clear(members.isNull("secret_options"), "secret_options", cleared);
        SourceForm.clear(signature.schemeCleared(), "signature_scheme", cleared);
        SourceForm.clear(signature.optionsCleared(), "signature_options", cleared);
        var change =
                SourceChange.newBuilder()
                        .setName(members.text("name", 200))
                        .setSignatureScheme(signature.scheme())
                        .setSignatureOptions(signature.options())
                        .setDuplicateWindowSeconds(bounds.repeat())
                        .setPersonWindowSeconds(bounds.person())
                        .setPerMinute(bounds.perMinute())
                        .setPerDay(bounds.perDay())
                        .setOptions(form.options(members, config.provider()));
        var secretOptions = form.secretOptions(members, config.provider());
        if (members.has("provider") || members.isNull("provider")) {
            members.wrong("provider", "cannot change: it is part of the URL; make another source");
        }
        if (members.has("mapping") || members.isNull("mapping")) {
            members.wrong("mapping", "has versions of its own: PUT …/mapping");
        }
        checkSignature(members, source, signature);
        members.requireRight();
        if (secretOptions != null) {
            change.setSecretOptions(sealed(secretOptions, sealer(config)));
        }
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new ChangeSource(
                                commandId,
                                config.siteId(),
                                id,
                                expected,
                                change.build(),
                                cleared,
                                commands.actor(),
                                clock.instant()));
        var now = directory.sourceDetails(id).orElse(source);
        return Made.answer(inEffect, commandId, HttpStatus.OK, view.of(now, clock.instant()));
    }

    /// The secrets stay, so another scheme must be able to use them.
    private void checkSignature(
            Members members, SourceDetails source, SourceForm.Signature signature) {
        var old = source.config().scheme();
        boolean changes =
                signature.scheme() != null
                        || signature.schemeCleared()
                        || signature.options() != null
                        || signature.optionsCleared();
        if (!changes) {
            return;
        }
        String named =
                signature.schemeCleared()
                        ? null
                        : signature.scheme() == null ? old.name() : signature.scheme();
        var options =
                signature.optionsCleared()
                        ? Map.<String, String>of()
                        : signature.options() == null ? old.options() : signature.options();
        String provider = source.config().provider();
        SourceForm.tell(
                members,
                providers.wrongInKept(
                        provider, named, options, source.at(clock.instant()).secrets()));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Map<String, Object>> remove(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        var source = source(id);
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new RemoveSource(
                                commandId,
                                source.config().siteId(),
                                id,
                                SourceForm.version(ifMatch, null),
                                commands.actor(),
                                clock.instant()));
        var gone = new LinkedHashMap<String, Object>();
        gone.put("id", id);
        return Made.answer(inEffect, commandId, HttpStatus.OK, gone);
    }

    private SourceDetails source(String id) {
        return directory.sourceDetails(id).orElseThrow(() -> Known.unknown("source"));
    }
}
