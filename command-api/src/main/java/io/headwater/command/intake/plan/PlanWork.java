package io.headwater.command.intake.plan;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// What plans of one kind do. Called by the instance that holds the plan, on a thread of the plan;
/// may throw whatever says that something is away: it is tried again.
public interface PlanWork {

    Plan.Kind kind();

    /// Finds the steps of a plan that was made without, before they are foretold one by one.
    ///
    /// @param mine false: stop, another instance has it now
    default void find(Plan plan, BooleanSupplier mine) {}

    /// Before the first step, also when another instance goes on.
    ///
    /// @throws io.headwater.command.platform.Refused when it can never begin: the plan fails
    Steps begin(Plan plan, BooleanSupplier mine);

    interface Steps {
        /// @return what the decider says; fails when it did not say anything yet
        CompletableFuture<Plan.Outcome> act(Plan.Item item);
    }

    /// @return what the decider would say, changing nothing
    CompletableFuture<Plan.Outcome> foretell(Plan plan, Plan.Item item);
}
