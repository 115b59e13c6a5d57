package io.headwater.command.intake.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan as administrators see it.
public final class PlanView {

    private PlanView() {}

    public static Map<String, Object> of(Plan plan, PlanProgress progress) {
        var view = new LinkedHashMap<String, Object>();
        view.put("plan_id", plan.planId());
        view.put("action", plan.kind().toString());
        view.put("status", plan.status().toString());
        put(view, "source_id", plan.sourceId());
        view.put("rate_per_second", plan.ratePerSecond());
        view.put("details", plan.details());
        view.put("total", progress.total());
        view.put("predicted", PlanProgress.known(progress.predicted()));
        view.put("predicted_errors", PlanProgress.known(progress.predictedCodes()));
        view.put("foretold", progress.foretold());
        view.put("done", progress.done());
        view.put("outcomes", PlanProgress.known(progress.outcomes()));
        view.put("errors", PlanProgress.known(progress.codes()));
        if (!plan.result().isEmpty()) {
            view.put("result", plan.result());
        }
        Duration eta =
                plan.status() == Plan.Status.RUNNING || plan.status() == Plan.Status.READY
                        ? progress.eta(plan.ratePerSecond())
                        : null;
        put(view, "eta_seconds", eta == null ? null : (eta.toMillis() + 999) / 1000);
        put(view, "error", plan.error());
        view.put("actor", plan.actor());
        view.put("created_at", plan.createdAt().toString());
        put(view, "started_at", text(plan.startedAt()));
        put(view, "finished_at", text(plan.finishedAt()));
        return view;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static void put(Map<String, Object> view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value);
        }
    }
}
