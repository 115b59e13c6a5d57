package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.InspectSubmission;

/// Shows a submission of the quarantine; one that is no longer there without what it said.
final class InspectRule implements LeadRule<InspectSubmission> {

    private final QuarantineRule quarantine;

    InspectRule(QuarantineRule quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public Class<InspectSubmission> command() {
        return InspectSubmission.class;
    }

    @Override
    public CommandHeader header(InspectSubmission command) {
        return new CommandHeader(
                command.getCommandId(), command.getSiteId(), command.getRequestedAt());
    }

    @Override
    public Answer decide(InspectSubmission command, Decision<LeadEvent> decision) {
        var state = quarantine.of(command.getSiteId(), command.getSubmissionId());
        var values =
                LeadDesk.values(
                        "submission_id", command.getSubmissionId(), "lead_id", state.getLeadId());
        values.put("revision", String.valueOf(state.getRevision()));
        values.put("by_hand", String.valueOf(state.getByHand()));
        if (state.getOutcome() != null) {
            values.put("outcome", state.getOutcome());
        }
        return new Answer(
                true,
                state.getStatus(),
                state.getCode(),
                state.getDetail(),
                state.getLeadId(),
                values,
                state.getSubmission());
    }
}
