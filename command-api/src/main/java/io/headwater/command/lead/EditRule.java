package io.headwater.command.lead;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.EditSubmission;
import io.headwater.events.lead.Submission;
import io.headwater.state.QuarantineState;

/// Changes a submission of the quarantine, which then goes on waiting.
final class EditRule implements LeadRule<EditSubmission> {

    private static final String SYSTEM = "system";

    private final QuarantineRule quarantine;
    private final Namer names;

    EditRule(QuarantineRule quarantine, Namer names) {
        this.quarantine = quarantine;
        this.names = names;
    }

    @Override
    public Class<EditSubmission> command() {
        return EditSubmission.class;
    }

    @Override
    public CommandHeader header(EditSubmission command) {
        return new CommandHeader(
                command.getCommandId(), command.getSiteId(), command.getRequestedAt());
    }

    @Override
    public Answer decide(EditSubmission command, Decision<LeadEvent> decision) {
        String id = command.getSubmissionId();
        var state = quarantine.of(command.getSiteId(), id);
        var known = Quarantine.waiting(state);
        Integer expected = command.getExpectedRevision();
        if (expected != null && expected != state.getRevision()) {
            throw new Refused(
                    Refused.Reason.RULE_VIOLATED,
                    "edited-meanwhile",
                    "Somebody else changed the submission since it was read.");
        }
        var edited = SubmissionChanges.merged(known, command.getAfter());
        if (command.getDryRun()) {
            var in = QuarantineRule.letIn(edited, state, command.getForce());
            return QuarantineRule.dryRun(
                    QuarantineRule.told(SubmissionDesk.answer(in, quarantine.judge(in)), in));
        }
        var changes = SubmissionChanges.between(known, edited, names);
        var values = LeadDesk.values("submission_id", id, "problem", edited.getProblem());
        if (changes.isEmpty()) {
            values.put("revision", String.valueOf(state.getRevision()));
            return Answer.accepted("unchanged", null, values);
        }
        long sequence = state.getSequence() + 1;
        decision.append(
                id,
                sequence,
                new LeadEvent.Edited(
                        id,
                        changes.before(),
                        changes.after(),
                        changes.consents(),
                        command.getActor()));
        // as the events tell it, so that what did not change keeps its seal
        var next =
                SubmissionChanges.applied(
                        known, changes.names(), changes.after(), changes.consents());
        quarantine.put(command.getSiteId(), id, edited(state, next, command.getActor(), sequence));
        values.put("revision", String.valueOf(state.getRevision() + 1));
        return Answer.accepted("edited", null, values);
    }

    /// @param sequence of the event
    static QuarantineState edited(
            QuarantineState state, Submission edited, String actor, long sequence) {
        return QuarantineState.newBuilder(state)
                .setSubmission(edited)
                .setRevision(state.getRevision() + 1)
                .setByHand(state.getByHand() || !actor.equals(SYSTEM))
                .setSequence(sequence)
                .build();
    }
}
