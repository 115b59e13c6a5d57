package io.headwater.command.intake.plan;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.web.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes, starts, cancels and shows plans, for the controllers that offer them.
@Component
public class PlanDesk {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LISTED = 50;

    private final Plans plans;
    private final PlanSettings settings;

    PlanDesk(Plans plans, PlanSettings settings) {
        this.plans = plans;
        this.settings = settings;
    }

    public int maxItems() {
        return settings.maxItems();
    }

    /// @param wanted null: the usual one
    /// @throws io.headwater.command.platform.web.ProblemException 400 for one out of range
    public double rate(@Nullable Double wanted) {
        double rate = wanted == null ? settings.defaultRate() : wanted;
        if (!(rate >= 0.01 && rate <= settings.maxRate())) {
            throw new FieldError("rate_per_second", "must be 0.01 to " + settings.maxRate())
                    .asException();
        }
        return rate;
    }

    /// @param wait how long the caller waits for the prediction; then it is told how far that is
    public Map<String, Object> make(Plans.Wanted wanted, List<Plan.Item> items, Duration wait) {
        var plan = plans.make(wanted, items);
        long end = System.nanoTime() + wait.toNanos();
        try {
            while (plan.status() == Plan.Status.PREDICTING && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
                plan = known(plan.planId());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return view(plan);
    }

    public Map<String, Object> show(String planId) {
        return view(known(planId));
    }

    /// @param sourceId null: of every source
    /// @return those at work first, then the newest
    public List<Map<String, Object>> list(Plan.@Nullable Kind kind, @Nullable String sourceId) {
        return plans.list(kind, sourceId, LISTED).stream().map(this::view).toList();
    }

    private Map<String, Object> view(Plan plan) {
        return PlanView.of(plan, plans.progress(plan.planId()));
    }

    /// Starting a plan that runs changes nothing.
    ///
    /// @throws Refused when there is none, or it is not foretold yet, or over
    public Map<String, Object> start(String planId) {
        var plan = known(planId);
        if (!plans.start(planId)) {
            throw notNow(plan, "started");
        }
        return show(planId);
    }

    /// @throws Refused when there is none or it is over
    public Map<String, Object> cancel(String planId) {
        var plan = known(planId);
        if (!plans.cancel(planId)) {
            throw notNow(plan, "cancelled");
        }
        return show(planId);
    }

    private static Refused notNow(Plan plan, String what) {
        return new Refused(
                Refused.Reason.RULE_VIOLATED,
                "plan-not-" + what,
                "A plan that is %s cannot be %s.".formatted(plan.status(), what));
    }

    private Plan known(String planId) {
        return plans.find(planId)
                .orElseThrow(() ->
                        new Refused(
                                Refused.Reason.UNKNOWN,
                                "unknown-plan",
                                "There is no plan with this id."));
    }
}
