package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.RejectSubmission;
import io.headwater.state.QuarantineState;

/// Turns a submission of the quarantine down for good. Doing it again changes nothing.
final class RejectRule implements LeadRule<RejectSubmission> {

    private final QuarantineRule quarantine;

    RejectRule(QuarantineRule quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public Class<RejectSubmission> command() {
        return RejectSubmission.class;
    }

    @Override
    public CommandHeader header(RejectSubmission command) {
        return new CommandHeader(
                command.getCommandId(), command.getSiteId(), command.getRequestedAt());
    }

    @Override
    public Answer decide(RejectSubmission command, Decision<LeadEvent> decision) {
        String id = command.getSubmissionId();
        var state = quarantine.of(command.getSiteId(), id);
        var values = LeadDesk.values("submission_id", id, "lead_id", null);
        if (state.getStatus().equals(Quarantine.REJECTED)) {
            values.put(QuarantineRule.ALREADY, Quarantine.REJECTED);
        } else if (state.getStatus().equals(Quarantine.RELEASED)) {
            throw Quarantine.over(state);
        } else if (command.getDryRun()) {
            values.put(QuarantineRule.DRY_RUN, "true");
        } else {
            long sequence = state.getSequence() + 1;
            decision.append(
                    id,
                    sequence,
                    new LeadEvent.Rejected(
                            id,
                            command.getReasonCode(),
                            command.getReason(),
                            command.getPlanId(),
                            command.getActor()));
            quarantine.put(command.getSiteId(), id, over(state, sequence));
        }
        return Answer.accepted("rejected", null, values);
    }

    /// @param sequence of the event
    static QuarantineState over(QuarantineState state, long sequence) {
        return QuarantineState.newBuilder(state)
                .setStatus(Quarantine.REJECTED)
                .setSubmission(null)
                .setSequence(sequence)
                .build();
    }
}
