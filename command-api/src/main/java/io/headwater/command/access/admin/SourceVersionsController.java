package io.headwater.command.access.admin;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.directory.Providers;
import io.headwater.command.platform.directory.SourceDetails;
import io.headwater.command.platform.directory.SourceDirectory;
import io.headwater.command.platform.vault.SourceSecrets;
import io.headwater.events.access.AddSourceSecret;
import io.headwater.events.access.EndSourceSecret;
import io.headwater.events.access.MapSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// What a source has several of: secrets, side by side while a provider changes over, and mappings,
/// one after the other.
@RestController
@RequestMapping("/admin/sources/{id}")
final class SourceVersionsController {

    private static final Duration LONGEST_GRACE = Duration.ofDays(366);

    private final AccessCommands commands;
    private final SourceDirectory directory;
    private final Providers providers;
    private final SourceForm form;
    private final SourceView view;
    private final SourceSecrets sealing;
    private final Clock clock;

    SourceVersionsController(
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

    /// Adds a secret, its own or a random one, and lets the older ones live on: for `grace`, until
    /// `expires_at`, or until each is ended.
    @PostMapping("/secrets")
    ResponseEntity<Map<String, Object>> add(
            @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var source = source(id);
        var config = source.config();
        var members = body == null ? Members.empty() : Members.of(body);
        String given = members.text("secret", SourceForm.SECRET, SourceForm.SECRET_WORDS);
        var olderUntil = olderUntil(members);
        String scheme = scheme(source);
        String secret = given;
        if (secret == null) {
            var chosen = form.chosen(members, scheme, config.scheme().options());
            secret = chosen.isEmpty() ? "" : chosen.getFirst();
        } else {
            providers
                    .wrongIn(config.provider(), scheme, config.scheme().options(), List.of(secret))
                    .forEach((member, why) -> members.wrong("secret", why));
        }
        members.requireRight();
        String commandId = Names.id();
        String secretId = Names.id();
        var now = clock.instant();
        boolean inEffect =
                commands.send(
                        commandId,
                        new AddSourceSecret(
                                commandId,
                                config.siteId(),
                                id,
                                secretId,
                                sealing.of(new SourceSecrets.Source(config.siteId(), id))
                                        .secret(secretId, providers.kept(scheme, secret)),
                                olderUntil,
                                commands.actor(),
                                now));
        var changed = directory.sourceDetails(id).orElse(source);
        var answer = view.of(changed, now);
        answer.put("secret_id", secretId);
        answer.put("url", view.url(changed.at(now), secret));
        if (given == null) {
            answer.put("secret", secret);
        }
        return Made.answer(inEffect, commandId, HttpStatus.CREATED, answer);
    }

    private String scheme(SourceDetails source) {
        var config = source.at(clock.instant());
        return providers.scheme(config.provider(), config.scheme().name(), config.secrets());
    }

    private @Nullable Instant olderUntil(Members members) {
        var at = members.time("expires_at");
        Long grace = members.seconds("grace", LONGEST_GRACE);
        if (at != null && grace != null) {
            members.wrong("grace", "cannot be given together with expires_at");
        }
        return grace == null ? at : clock.instant().plusSeconds(grace);
    }

    @DeleteMapping("/secrets/{secretId}")
    ResponseEntity<Map<String, Object>> end(
            @PathVariable String id, @PathVariable String secretId) {
        var source = source(id);
        var config = source.config();
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new EndSourceSecret(
                                commandId,
                                config.siteId(),
                                id,
                                secretId,
                                !providers.keyed(scheme(source)),
                                commands.actor(),
                                clock.instant()));
        var ended = new LinkedHashMap<String, Object>();
        ended.put("id", secretId);
        ended.put("source_id", id);
        return Made.answer(inEffect, commandId, HttpStatus.OK, ended);
    }

    /// Newest first.
    @GetMapping("/mappings")
    List<Map<String, Object>> mappings(@PathVariable String id) {
        return SourceView.mappings(source(id));
    }

    /// The body is the mapping: lead field to expression.
    @PutMapping("/mapping")
    ResponseEntity<Map<String, Object>> map(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody JsonNode body) {
        var source = source(id);
        var members = Members.holding("mapping", body);
        var mapping = form.mapping(members);
        members.requireRight();
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new MapSource(
                                commandId,
                                source.config().siteId(),
                                id,
                                SourceForm.version(ifMatch, null),
                                mapping == null ? Map.of() : mapping,
                                commands.actor(),
                                clock.instant()));
        var now = directory.sourceDetails(id).orElse(source);
        return Made.answer(inEffect, commandId, HttpStatus.OK, view.of(now, clock.instant()));
    }

    private SourceDetails source(String id) {
        return directory.sourceDetails(id).orElseThrow(() -> Known.unknown("source"));
    }
}
