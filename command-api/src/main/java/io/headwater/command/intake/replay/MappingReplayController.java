package io.headwater.command.intake.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.intake.plan.Plan;
import io.headwater.command.intake.plan.PlanDesk;
import io.headwater.command.intake.plan.Plans;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Providers;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.PreferredWait;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
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

/// A new mapping tried over the last days of a source; starting the plan applies it.
@RestController
@RequestMapping("/admin/sources/{source}/mapping-replays")
final class MappingReplayController {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private final PlanDesk plans;
    private final AccessDirectory directory;
    private final Providers providers;
    private final LeadDecisions decisions;

    MappingReplayController(
            PlanDesk plans,
            AccessDirectory directory,
            Providers providers,
            LeadDecisions decisions) {
        this.plans = plans;
        this.directory = directory;
        this.providers = providers;
        this.decisions = decisions;
    }

    /// @param mapping lead field to path in the body, as of a source
    /// @param days of the past, at most a year
    record NewReplay(
            @NotNull @Size(max = 100)
                    Map<@Size(max = 100) String, @NotNull @Size(max = 500) String> mapping,
            @NotNull @Min(1) @Max(366) Integer days,
            @JsonProperty("rate_per_second") @Nullable Double ratePerSecond) {}

    @PostMapping
    ResponseEntity<Map<String, Object>> make(
            @PathVariable String source,
            @Valid @RequestBody NewReplay wanted,
            HttpServletRequest request) {
        requireSource(source);
        var errors =
                providers.wrongIn(wanted.mapping()).entrySet().stream()
                        .map(wrong -> new FieldError("mapping." + wrong.getKey(), wrong.getValue()))
                        .toList();
        if (!errors.isEmpty()) {
            throw FieldError.problem(errors).asException();
        }
        var details = JsonNodeFactory.instance.objectNode().put("days", wanted.days());
        var mapping = details.putObject("mapping");
        wanted.mapping().forEach(mapping::put);
        String planId = decisions.newId();
        var plan =
                plans.make(
                        new Plans.Wanted(
                                planId,
                                Plan.Kind.MAPPING_REPLAY,
                                source,
                                plans.rate(wanted.ratePerSecond()),
                                details,
                                Actor.of(request)),
                        List.of(),
                        PreferredWait.of(request).orElse(USUAL_WAIT));
        return ResponseEntity.created(
                        URI.create(
                                "/admin/sources/%s/mapping-replays/%s".formatted(source, planId)))
                .body(plan);
    }

    private void requireSource(String source) {
        if (directory.source(source).isEmpty()) {
            throw new Refused(
                    Refused.Reason.UNKNOWN, "unknown-source", "There is no source with this id.");
        }
    }

    @GetMapping
    List<Map<String, Object>> list(@PathVariable String source) {
        return plans.list(Plan.Kind.MAPPING_REPLAY, source);
    }

    @GetMapping("/{id}")
    Map<String, Object> show(@PathVariable String source, @PathVariable String id) {
        var plan = plans.show(id);
        requireOfSource(source, plan);
        return plan;
    }

    /// Stores the mapping and puts the past right.
    @PostMapping("/{id}/start")
    Map<String, Object> start(@PathVariable String source, @PathVariable String id) {
        requireOfSource(source, plans.show(id));
        return plans.start(id);
    }

    @PostMapping("/{id}/cancel")
    Map<String, Object> cancel(@PathVariable String source, @PathVariable String id) {
        requireOfSource(source, plans.show(id));
        return plans.cancel(id);
    }

    private static void requireOfSource(String source, Map<String, Object> plan) {
        if (!source.equals(plan.get("source_id"))) {
            throw new Refused(
                    Refused.Reason.UNKNOWN, "unknown-plan", "There is no plan with this id.");
        }
    }
}
