package io.headwater.command.intake.quarantine;

import io.headwater.command.intake.plan.Plan;
import io.headwater.command.intake.plan.PlanWork;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/// Lets many submissions in.
@Component
final class ReleaseWork implements PlanWork {

    private final Releases releases;

    ReleaseWork(Releases releases) {
        this.releases = releases;
    }

    @Override
    public Plan.Kind kind() {
        return Plan.Kind.RELEASE;
    }

    @Override
    public Steps begin(Plan plan, BooleanSupplier mine) {
        return item -> release(plan, item, false);
    }

    @Override
    public CompletableFuture<Plan.Outcome> foretell(Plan plan, Plan.Item item) {
        return release(plan, item, true);
    }

    private CompletableFuture<Plan.Outcome> release(Plan plan, Plan.Item item, boolean dryRun) {
        boolean force = plan.details().path("force").asBoolean(false);
        return releases.release(
                        new SubmissionRef(item.siteId(), item.submissionId()),
                        Release.step(plan, item, force, dryRun))
                .thenApply(PlanOutcomes::of);
    }
}
