package io.headwater.command.intake.quarantine;

import io.headwater.command.intake.plan.Plan;
import io.headwater.events.command.CommandResult;

/// The decider's word as the outcome of a step.
public final class PlanOutcomes {

    private static final String NEW_LEAD = "new_lead";
    private static final String LINKED = "linked";

    private PlanOutcomes() {}

    /// Accepted ones are told apart by whether they open a lead; what could not be used as it is
    /// counts as `still_quarantined`, what was done before as `already_released` and such.
    public static Plan.Outcome of(CommandResult result) {
        var values = result.getValues();
        String leadId = values.get("lead_id");
        String already = values.get("already");
        if (already != null) {
            return new Plan.Outcome("already_" + already, null, leadId);
        }
        if (result.getOutcome().equals("quarantined") || !result.getAccepted()) {
            String code = String.valueOf(result.getCode());
            boolean over = code.startsWith("already-") || code.startsWith("unknown-");
            return new Plan.Outcome(
                    over ? code.replace('-', '_') : "still_quarantined", code, null);
        }
        String outcome =
                result.getOutcome().equals("accepted")
                        ? "true".equals(values.get("created")) ? NEW_LEAD : LINKED
                        : result.getOutcome();
        return new Plan.Outcome(outcome, null, leadId);
    }
}
