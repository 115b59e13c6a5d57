package io.headwater.command.intake.quarantine;

import io.headwater.command.intake.plan.Plan;
import io.headwater.command.intake.plan.PlanWork;
import io.headwater.command.platform.web.body.Json;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/// Turns many submissions down.
@Component
final class RejectWork implements PlanWork {

    private final Releases releases;

    RejectWork(Releases releases) {
        this.releases = releases;
    }

    @Override
    public Plan.Kind kind() {
        return Plan.Kind.REJECT;
    }

    @Override
    public Steps begin(Plan plan, BooleanSupplier mine) {
        return item -> reject(plan, item, false);
    }

    @Override
    public CompletableFuture<Plan.Outcome> foretell(Plan plan, Plan.Item item) {
        return reject(plan, item, true);
    }

    private CompletableFuture<Plan.Outcome> reject(Plan plan, Plan.Item item, boolean dryRun) {
        return releases.reject(
                        new SubmissionRef(item.siteId(), item.submissionId()),
                        String.valueOf(Json.text(plan.details().path("reason_code"))),
                        Json.text(plan.details().path("reason")),
                        Release.step(plan, item, false, dryRun))
                .thenApply(PlanOutcomes::of);
    }
}
