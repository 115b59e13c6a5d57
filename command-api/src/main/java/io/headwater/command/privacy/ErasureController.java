package io.headwater.command.privacy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.vault.ErasureSettings;
import io.headwater.command.platform.vault.Vault;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.privacy.VisitorEraseRequested;
import io.headwater.events.privacy.VisitorEraseWithdrawn;
import io.headwater.schema.Topics;
import io.headwater.vault.Erasures.Job;
import io.headwater.vault.Erasures.State;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// How far people are forgotten. Of a lead it is asked for by `POST /analytics/leads/{id}/erase`,
/// or by a provider, of a visitor here; while the vault is away the answer is 503.
@RestController
@RequestMapping("/admin/erasures")
@Tag(name = "privacy", description = "People who are forgotten; see docs/erasure.md")
final class ErasureController {

    private static final int MOST = 500;

    private static final int LONGEST_ID = 128;

    private final Vault vault;
    private final AccessDirectory directory;
    private final FactLog log;
    private final ErasureSettings settings;
    private final Clock clock;

    ErasureController(
            Vault vault,
            AccessDirectory directory,
            FactLog log,
            ErasureSettings settings,
            Clock clock) {
        this.settings = settings;
        this.vault = vault;
        this.directory = directory;
        this.log = log;
        this.clock = clock;
    }

    /// @param visitorId as sessions name it
    /// @param atOnce without the time in which it can be withdrawn
    record Wish(
            @JsonProperty("site_id") @Nullable String siteId,
            @JsonProperty("visitor_id") @Nullable String visitorId,
            @JsonProperty("at_once") @Nullable Boolean atOnce) {}

    @GetMapping
    @Operation(
            summary = "Leads and visitors that were asked to be forgotten, the newest 500 first.")
    List<Map<String, Object>> list() {
        return vault.erasures().newest(MOST).stream().map(this::view).toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "How far one lead is forgotten: what was done, when, and to how much.")
    Map<String, Object> read(@PathVariable String id) {
        return vault.erasures()
                .find(id)
                .map(this::view)
                .orElseThrow(() ->
                        ProblemType.NOT_FOUND
                                .with("Nobody asked for this lead or visitor to be forgotten.")
                                .asException());
    }

    @GetMapping("/visitor")
    @Operation(summary = "How far one visitor is forgotten.")
    Map<String, Object> visitor(
            @RequestParam("site_id") String siteId, @RequestParam("visitor_id") String visitorId) {
        return read(siteId + "/" + visitorId);
    }

    @GetMapping("/window")
    @Operation(summary = "How long after it was asked for an erasure begins: so long it is undone.")
    Map<String, Object> window() {
        return Map.of("undo_seconds", settings.undo().toSeconds());
    }

    @PostMapping("/visitor")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary =
                    "Forgets what a visitor did until forgets_at: all their sessions. Leads of theirs are asked for by themselves.")
    Map<String, Object> forget(@RequestBody Wish wish, HttpServletRequest request) {
        var visitor = visitor(wish);
        var known = vault.erasures().find(visitor.subject());
        var asked =
                new VisitorEraseRequested(
                        visitor.siteId(),
                        visitor.visitorId(),
                        "hand",
                        Actor.of(request),
                        now(),
                        Boolean.TRUE.equals(wish.atOnce()));
        // Also when a wish is open: it may be withdrawn by what is in the log and was not read yet.
        append(visitor, asked);
        return known.filter(job -> job.state() == State.REQUESTED)
                .map(job -> answer(visitor, job.requestedAt(), job.atOnce()))
                .orElseGet(() -> answer(visitor, asked.getAt(), asked.getAtOnce()));
    }

    @PostMapping("/visitor/withdraw")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary =
                    "The visitor is not to be forgotten after all; whether that was in time is told by GET.")
    Map<String, Object> withdraw(@RequestBody Wish wish, HttpServletRequest request) {
        var visitor = visitor(wish);
        var open =
                vault.erasures()
                        .find(visitor.subject())
                        .filter(job -> job.state() == State.REQUESTED)
                        .orElseThrow(() ->
                                new Refused(
                                        Refused.Reason.RULE_VIOLATED,
                                        "erasure-not-requested",
                                        "No wish to be forgotten is open for this visitor."));
        append(
                visitor,
                new VisitorEraseWithdrawn(
                        visitor.siteId(),
                        visitor.visitorId(),
                        open.requestedAt(),
                        Actor.of(request),
                        now()));
        var answer = visitor.fields();
        answer.put("state", "withdrawn");
        answer.put("requested_at", open.requestedAt());
        return answer;
    }

    private record Visitor(String siteId, String visitorId) {

        String subject() {
            return siteId + "/" + visitorId;
        }

        Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("site_id", siteId);
            fields.put("visitor_id", visitorId);
            return fields;
        }
    }

    private Visitor visitor(Wish wish) {
        Problems.requireReady(directory);
        String siteId = Text.field(wish.siteId(), LONGEST_ID);
        String visitorId = Text.field(wish.visitorId(), LONGEST_ID);
        var errors = new ArrayList<FieldError>();
        if (siteId == null || !directory.isSite(siteId)) {
            errors.add(new FieldError("site_id", "must be the id of a site"));
        }
        if (visitorId == null || !visitorId.equals(wish.visitorId())) {
            errors.add(new FieldError("visitor_id", "must be the id of a visitor"));
        }
        if (siteId == null || visitorId == null || !errors.isEmpty()) {
            throw FieldError.problem(errors).asException();
        }
        return new Visitor(siteId, visitorId);
    }

    private Map<String, Object> answer(Visitor visitor, Instant requestedAt, boolean atOnce) {
        var answer = visitor.fields();
        answer.put("state", "requested");
        answer.put("requested_at", requestedAt);
        answer.put("forgets_at", settings.forgetsAt(requestedAt, atOnce));
        return answer;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void append(Visitor visitor, SpecificRecord event) {
        log.appendAndWait(
                new ProducerRecord<>(Topics.PRIVACY_EVENTS.name(), visitor.subject(), event));
    }

    private Map<String, Object> view(Job job) {
        var view = new LinkedHashMap<String, Object>();
        String visitor = job.visitorId();
        view.put("lead_id", visitor == null ? job.leadId() : null);
        view.put("visitor_id", visitor);
        view.put("site_id", job.siteId());
        view.put("state", job.state().name().toLowerCase(Locale.ROOT));
        view.put("cause", job.cause());
        view.put("actor", job.actor());
        view.put("requested_at", job.requestedAt());
        view.put(
                "forgets_at",
                job.state() == State.REQUESTED
                        ? settings.forgetsAt(job.requestedAt(), job.atOnce())
                        : null);
        view.put("withdrawn_at", job.withdrawnAt());
        view.put("forgotten_at", job.forgottenAt());
        view.put("destroyed_at", job.destroyedAt());
        view.put("done_at", job.doneAt());
        view.put("keys", job.keys());
        view.put("rows", job.steps());
        return view;
    }
}
