package io.headwater.command.intake.quarantine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.intake.plan.Plan;
import io.headwater.command.intake.plan.PlanDesk;
import io.headwater.command.intake.plan.Plans;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.PreferredWait;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;

/// Plans over many submissions of the quarantine: made, foretold, started, cancelled, looked at.
@RestController
@RequestMapping("/admin/quarantine/plans")
final class PlanController {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    /// More would only be noise.
    private static final int ERRORS_TOLD = 20;

    private final Refs refs;
    private final PlanDesk plans;
    private final LeadDecisions decisions;

    PlanController(Refs refs, PlanDesk plans, LeadDecisions decisions) {
        this.refs = refs;
        this.plans = plans;
        this.decisions = decisions;
    }

    /// @param submissionIds each may be written `<site id>_<submission id>`
    /// @param siteId of those that are written without; null: of the only site
    /// @param reasonCode of a rejection
    record NewPlan(
            @NotNull @Pattern(regexp = "release|reject") String action,
            @JsonProperty("submission_ids") @NotEmpty List<String> submissionIds,
            @JsonProperty("site_id") @Nullable String siteId,
            @JsonProperty("rate_per_second") @Nullable Double ratePerSecond,
            @Nullable Boolean force,
            @JsonProperty("reason_code") @Nullable @Pattern(regexp = QuarantineController.SLUG)
                    String reasonCode,
            @Nullable @Size(max = 500) String reason) {}

    @PostMapping
    ResponseEntity<Map<String, Object>> make(
            @Valid @RequestBody NewPlan wanted, HttpServletRequest request) {
        boolean reject = wanted.action().equals("reject");
        var items = items(wanted, reject);
        var details = JsonNodeFactory.instance.objectNode();
        if (reject) {
            details.put("reason_code", wanted.reasonCode()).put("reason", wanted.reason());
        } else {
            details.put("force", Boolean.TRUE.equals(wanted.force()));
        }
        String planId = decisions.newId();
        var plan =
                plans.make(
                        new Plans.Wanted(
                                planId,
                                reject ? Plan.Kind.REJECT : Plan.Kind.RELEASE,
                                null,
                                plans.rate(wanted.ratePerSecond()),
                                details,
                                Actor.of(request)),
                        items,
                        PreferredWait.of(request).orElse(USUAL_WAIT));
        return ResponseEntity.created(URI.create("/admin/quarantine/plans/" + planId)).body(plan);
    }

    /// @throws io.headwater.command.platform.web.ProblemException 400 naming what cannot be
    private List<Plan.Item> items(NewPlan wanted, boolean reject) {
        var errors = new ArrayList<FieldError>();
        if (reject && wanted.reasonCode() == null) {
            errors.add(new FieldError("reason_code", "is required to reject"));
        }
        if (wanted.submissionIds().size() > plans.maxItems()) {
            errors.add(
                    new FieldError(
                            "submission_ids", "are more than " + plans.maxItems() + " at once"));
        }
        var found = new LinkedHashSet<SubmissionRef>();
        int position = 0;
        for (String text : wanted.submissionIds()) {
            var ref = text == null ? null : refs.parse(text, wanted.siteId());
            if (ref != null) {
                found.add(ref);
            } else if (errors.size() < ERRORS_TOLD) {
                errors.add(
                        new FieldError(
                                "submission_ids[" + position + "]",
                                "is no submission id, or needs its site: <site id>_<submission id>"));
            }
            position++;
        }
        if (!errors.isEmpty()) {
            throw FieldError.problem(errors).asException();
        }
        var items = new ArrayList<Plan.Item>();
        found.forEach(ref ->
                items.add(new Plan.Item(items.size(), ref.siteId(), ref.submissionId(), null)));
        return items;
    }

    /// Those at work first.
    @GetMapping
    List<Map<String, Object>> list() {
        return plans.list(null, null);
    }

    @GetMapping("/{id}")
    Map<String, Object> show(@PathVariable String id) {
        return plans.show(id);
    }

    @PostMapping("/{id}/start")
    Map<String, Object> start(@PathVariable String id) {
        return plans.start(id);
    }

    @PostMapping("/{id}/cancel")
    Map<String, Object> cancel(@PathVariable String id) {
        return plans.cancel(id);
    }
}
