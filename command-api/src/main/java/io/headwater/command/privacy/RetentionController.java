package io.headwater.command.privacy;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.retention.RetentionRules;
import io.headwater.command.platform.vault.Vault;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.schema.Ids;
import io.headwater.vault.DataKind;
import io.headwater.vault.RetentionRuns.Found;
import io.headwater.vault.RetentionRuns.Part;
import io.headwater.vault.RetentionRuns.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// How long what is personal is kept, what would go, and what went. While the vault is away the
/// answer is 503.
@RestController
@RequestMapping("/admin/retention")
@Tag(name = "retention", description = "How long data is kept; see docs/retention.md")
final class RetentionController {

    private static final String KINDS =
            Arrays.stream(DataKind.values()).map(DataKind::word).collect(Collectors.joining(", "));

    private final Vault vault;
    private final RetentionRules rules;
    private final AccessDirectory directory;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RetentionController(Vault vault, RetentionRules rules, AccessDirectory directory, Clock clock) {
        this.vault = vault;
        this.rules = rules;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary =
                    "How long each kind of data is kept, when what is older goes, and what the last runs came to.")
    Map<String, Object> rules() {
        Problems.requireReady(directory);
        var now = clock.instant();
        var view = new LinkedHashMap<String, Object>();
        view.put("at", rules.at().toString());
        view.put("next_run", rules.lastDue(now).plus(Duration.ofDays(1)));
        view.put("rules", Arrays.stream(DataKind.values()).map(kind -> rule(kind, now)).toList());
        var runs = vault.retentionRuns();
        view.put("last_run", runs.last(false).map(RetentionController::view).orElse(null));
        view.put("last_dry_run", runs.last(true).map(RetentionController::view).orElse(null));
        return view;
    }

    private Map<String, Object> rule(DataKind kind, Instant now) {
        var view = new LinkedHashMap<String, Object>();
        view.put("kind", kind.word());
        view.put("keep", rules.kept(kind).toString());
        view.put("cutoff", rules.rule(kind, now).cutoff());
        var sites = new LinkedHashMap<String, String>();
        rules.sites(kind).forEach((site, kept) -> sites.put(site, kept.toString()));
        view.put("sites", sites);
        return view;
    }

    @GetMapping("/runs/{id}")
    @Operation(summary = "How far one run is, and what it came to.")
    Map<String, Object> read(@PathVariable String id) {
        return vault.retentionRuns()
                .find(id)
                .map(RetentionController::view)
                .orElseThrow(() ->
                        ProblemType.NOT_FOUND
                                .with("No run of the rules of retention has this id.")
                                .asException());
    }

    /// @param dryRun only looks, unless it is false
    /// @param kind only this one; null: all
    @PostMapping("/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary =
                    "Looks what would go by the rules now; with dry_run=false it goes, which cannot be undone.")
    Map<String, Object> run(
            @RequestParam(name = "dry_run", defaultValue = "true") boolean dryRun,
            @RequestParam(required = false) @Nullable String kind,
            HttpServletRequest request) {
        Problems.requireReady(directory);
        var kinds = kind == null ? List.of(DataKind.values()) : List.of(kind(kind));
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = Ids.next(now, random);
        var runs = vault.retentionRuns();
        runs.ask(id, now, Actor.of(request), dryRun, RetentionRunner.rules(rules, kinds, now));
        return view(runs.find(id).orElseThrow());
    }

    private static DataKind kind(String word) {
        return DataKind.of(word)
                .orElseThrow(() -> new FieldError("kind", "is none of " + KINDS).asException());
    }

    private static Map<String, Object> view(Run run) {
        var view = new LinkedHashMap<String, Object>();
        view.put("run_id", run.id());
        view.put("at", run.at());
        view.put("actor", run.actor());
        view.put("dry_run", run.dryRun());
        view.put("state", run.isDone() ? "done" : run.doneAt() == null ? "running" : "clearing");
        view.put("done_at", run.doneAt());
        view.put("kinds", run.parts().stream().map(RetentionController::view).toList());
        view.put("steps", run.steps());
        view.put("steps_done", run.stepsDone());
        view.put("rows_cleared", run.rows());
        view.put("recordings_deleted", run.objects());
        return view;
    }

    private static Map<String, Object> view(Part part) {
        var view = new LinkedHashMap<String, Object>();
        view.put("kind", part.rule().kind().word());
        view.put("cutoff", part.rule().cutoff());
        view.put("done_at", part.doneAt());
        view.put("things", sum(part, Found::things));
        view.put("keys", sum(part, Found::keys));
        view.put("objects", sum(part, Found::objects));
        view.put("bytes", sum(part, Found::bytes));
        view.put(
                "oldest",
                part.found().stream()
                        .map(Found::oldest)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null));
        view.put(
                "newest",
                part.found().stream()
                        .map(Found::newest)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null));
        view.put("sites", part.found().stream().map(RetentionController::view).toList());
        return view;
    }

    private static long sum(Part part, ToLongFunction<Found> count) {
        return part.found().stream().mapToLong(count).sum();
    }

    private static Map<String, Object> view(Found found) {
        var view = new LinkedHashMap<String, Object>();
        view.put("site_id", found.siteId().isEmpty() ? null : found.siteId());
        view.put("things", found.things());
        view.put("keys", found.keys());
        view.put("objects", found.objects());
        view.put("bytes", found.bytes());
        view.put("oldest", found.oldest());
        view.put("newest", found.newest());
        return view;
    }
}
