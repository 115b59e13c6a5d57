package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.ReleaseSubmission;
import io.headwater.state.QuarantineState;

/// Lets a submission out of the quarantine: it becomes what it would have become if it had been
/// usable, with the times of its arrival. Doing it again changes nothing.
final class ReleaseRule implements LeadRule<ReleaseSubmission> {

    private final QuarantineRule quarantine;

    ReleaseRule(QuarantineRule quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public Class<ReleaseSubmission> command() {
        return ReleaseSubmission.class;
    }

    @Override
    public CommandHeader header(ReleaseSubmission command) {
        return new CommandHeader(
                command.getCommandId(), command.getSiteId(), command.getRequestedAt());
    }

    @Override
    public Answer decide(ReleaseSubmission command, Decision<LeadEvent> decision) {
        String id = command.getSubmissionId();
        var state = quarantine.of(command.getSiteId(), id);
        if (state.getStatus().equals(Quarantine.RELEASED)) {
            return again(id, state);
        }
        var submission = QuarantineRule.letIn(Quarantine.waiting(state), state, command.getForce());
        var triage = quarantine.usable(submission);
        if (command.getDryRun()) {
            return QuarantineRule.dryRun(
                    QuarantineRule.told(SubmissionDesk.answer(submission, triage), submission));
        }
        long sequence = state.getSequence() + 1;
        decision.append(
                id, sequence, new LeadEvent.LetIn(id, command.getPlanId(), command.getActor()));
        var answer =
                quarantine.settle(
                        submission, triage, sequence + 1, command.getPipeline(), decision);
        boolean ofLead = triage instanceof Triage.Counted;
        quarantine.put(
                command.getSiteId(),
                id,
                became(over(state, sequence), answer, ofLead ? sequence : sequence + 1));
        return answer;
    }

    /// @param sequence of the event that it was let out
    static QuarantineState over(QuarantineState state, long sequence) {
        return QuarantineState.newBuilder(state)
                .setStatus(Quarantine.RELEASED)
                .setSubmission(null)
                .setSequence(sequence)
                .build();
    }

    /// @param sequence of the submission's newest event: a lead counts its own
    static QuarantineState became(QuarantineState over, Answer answer, long sequence) {
        return QuarantineState.newBuilder(over)
                .setOutcome(answer.outcome())
                .setLeadId(answer.aggregateId())
                .setSequence(sequence)
                .build();
    }

    private static Answer again(String id, QuarantineState state) {
        var values = LeadDesk.values("submission_id", id, "lead_id", state.getLeadId());
        values.put(QuarantineRule.ALREADY, Quarantine.RELEASED);
        return Answer.accepted(String.valueOf(state.getOutcome()), state.getLeadId(), values);
    }
}
