package io.headwater.command.intake.quarantine;

import io.headwater.command.intake.plan.Plan;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How submissions are let in.
///
/// @param force whatever they were quarantined for
/// @param planId the plan that does it, null: by hand
/// @param commandIds from what is asked to the id of the command
public record Release(
        boolean force,
        boolean dryRun,
        @Nullable String planId,
        String actor,
        UnaryOperator<String> commandIds) {

    /// One step of a plan; asked again, the same command.
    public static Release step(Plan plan, Plan.Item item, boolean force, boolean dryRun) {
        return new Release(
                force, dryRun, plan.planId(), plan.actor(), what -> plan.commandId(item, what));
    }

    /// What is read again is nobody's edit: a later mapping may overwrite it.
    Release bySystem() {
        return new Release(force, dryRun, planId, "system", commandIds);
    }
}
