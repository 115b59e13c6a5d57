package io.headwater.command.intake.quarantine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.intake.SubmissionView;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.FieldError;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.Submission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// One submission of the quarantine. Its id may be written `<site id>_<submission id>`, which finds
/// it at once.
@RestController
@RequestMapping("/admin/quarantine")
final class QuarantineController {

    static final String SLUG = "[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?";

    private final Refs refs;
    private final QuarantinedSubmissions quarantined;
    private final Releases releases;
    private final LeadDecisions decisions;

    QuarantineController(
            Refs refs,
            QuarantinedSubmissions quarantined,
            Releases releases,
            LeadDecisions decisions) {
        this.refs = refs;
        this.quarantined = quarantined;
        this.releases = releases;
        this.decisions = decisions;
    }

    /// @param fields as of an edit; null: none
    /// @param force whatever it was quarantined for
    record Wish(@Nullable JsonNode fields, @Nullable Boolean force) {
        static final Wish NONE = new Wish(null, null);

        boolean forced() {
            return Boolean.TRUE.equals(force);
        }
    }

    record Rejection(
            @JsonProperty("reason_code") @NotBlank @Pattern(regexp = SLUG) String reasonCode,
            @Nullable @Size(max = 500) String reason) {}

    /// As it stands in the decider: newer than any list.
    @GetMapping("/{id}")
    Map<String, Object> show(
            @PathVariable String id,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId) {
        var shown = LeadDecisions.await(quarantined.inspect(refs.find(id, siteId)));
        var values = shown.getValues();
        var view = new LinkedHashMap<String, Object>();
        view.put("submission_id", values.get("submission_id"));
        view.put("status", shown.getOutcome());
        view.put("code", shown.getCode());
        view.put("detail", shown.getDetail());
        view.put("revision", Integer.valueOf(values.getOrDefault("revision", "0")));
        if (values.get("outcome") != null) {
            view.put("outcome", values.get("outcome"));
        }
        if (values.get("lead_id") != null) {
            view.put("lead_id", values.get("lead_id"));
        }
        if (shown.getSubmission() != null) {
            view.put("fields", SubmissionView.of(shown.getSubmission()));
        }
        return view;
    }

    @PatchMapping("/{id}")
    Map<String, Object> edit(
            @PathVariable String id,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @RequestParam(name = "expected_revision", required = false) @Nullable Integer revision,
            @RequestBody JsonNode fields,
            HttpServletRequest request) {
        var edit = SubmissionEdit.of(fields);
        var ref = refs.find(id, siteId);
        var shown = waiting(ref);
        var edited = quarantined.edited(Objects.requireNonNull(shown.getSubmission()), edit);
        if (!edited.errors().isEmpty()) {
            throw FieldError.problem(edited.errors()).asException();
        }
        Integer from =
                revision != null ? revision : Integer.valueOf(shown.getValues().get("revision"));
        var result =
                LeadDecisions.await(
                        releases.edit(
                                ref, edited.submission(), from, byHand(request, false, false)));
        var view = OutcomeView.of(result);
        view.put("fields", SubmissionView.of(edited.submission()));
        return view;
    }

    private CommandResult waiting(SubmissionRef ref) {
        var shown = LeadDecisions.await(quarantined.inspect(ref));
        if (!shown.getOutcome().equals(QuarantinedSubmissions.WAITING)) {
            throw new Refused(
                    Refused.Reason.RULE_VIOLATED,
                    "already-" + shown.getOutcome(),
                    "The submission does not wait any more: it was " + shown.getOutcome() + ".");
        }
        return shown;
    }

    /// What would become of it if it were released now.
    @PostMapping("/{id}/preview")
    Map<String, Object> preview(
            @PathVariable String id,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @RequestBody(required = false) @Nullable Wish wish,
            HttpServletRequest request) {
        var wanted = wish == null ? Wish.NONE : wish;
        var ref = refs.find(id, siteId);
        var how = byHand(request, wanted.forced(), true);
        if (wanted.fields() == null || wanted.fields().isEmpty()) {
            return OutcomeView.of(LeadDecisions.word(releases.release(ref, how)));
        }
        var shown = waiting(ref);
        Submission known = Objects.requireNonNull(shown.getSubmission());
        var edited = quarantined.edited(known, SubmissionEdit.of(wanted.fields()));
        if (!edited.errors().isEmpty()) {
            throw FieldError.problem(edited.errors()).asException();
        }
        var view =
                OutcomeView.of(
                        LeadDecisions.word(releases.edit(ref, edited.submission(), null, how)));
        view.put("fields", SubmissionView.of(edited.submission()));
        return view;
    }

    @PostMapping("/{id}/release")
    Map<String, Object> release(
            @PathVariable String id,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @RequestBody(required = false) @Nullable Wish wish,
            HttpServletRequest request) {
        var how = byHand(request, wish != null && wish.forced(), false);
        return OutcomeView.of(LeadDecisions.await(releases.release(refs.find(id, siteId), how)));
    }

    @PostMapping("/{id}/reject")
    Map<String, Object> reject(
            @PathVariable String id,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @Valid @RequestBody Rejection rejection,
            HttpServletRequest request) {
        var how = byHand(request, false, false);
        return OutcomeView.of(
                LeadDecisions.await(
                        releases.reject(
                                refs.find(id, siteId),
                                rejection.reasonCode(),
                                rejection.reason(),
                                how)));
    }

    private Release byHand(HttpServletRequest request, boolean force, boolean dryRun) {
        return new Release(force, dryRun, null, Actor.of(request), _ -> decisions.newId());
    }
}
