package io.headwater.command.intake.quarantine;

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

    /// What is read again is nobody's edit: a later mapping may overwrite it.
    Release bySystem() {
        return new Release(force, dryRun, planId, "system", commandIds);
    }
}
