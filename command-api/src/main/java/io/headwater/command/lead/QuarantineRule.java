package io.headwater.command.lead;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.Stage;
import io.headwater.events.lead.Submission;
import io.headwater.state.QuarantineState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the rules about quarantined submissions have in common.
final class QuarantineRule {

    static final String DRY_RUN = "dry_run";
    static final String ALREADY = "already";

    private final LeadDesk desk;
    private final SubmissionDesk submissions;

    QuarantineRule(LeadDesk desk, SubmissionDesk submissions) {
        this.desk = desk;
        this.submissions = submissions;
    }

    QuarantineState of(String siteId, String submissionId) {
        return desk.quarantine().of(siteId, submissionId);
    }

    void put(String siteId, String submissionId, QuarantineState state) {
        desk.quarantine().put(siteId, submissionId, state);
    }

    /// A waiting submission as it would come in now.
    ///
    /// @param force without what it was quarantined for
    static Submission letIn(Submission submission, QuarantineState state, boolean force) {
        var in = Submission.newBuilder(submission).setReleased(true);
        if (force) {
            in.setProblem(null).setProblemDetail(null);
            if (state.getCode().equals(Triage.KEY_REUSED)) {
                in.setDedupKey(null).setDedupKind(Deliveries.NONE).setDuplicateWindowSeconds(0);
            }
        }
        return in.build();
    }

    Triage judge(Submission submission) {
        return submissions.judge(submission);
    }

    /// @throws Refused when it cannot be used as it is: it goes on waiting
    Triage usable(Submission submission) {
        var triage = judge(submission);
        if (triage instanceof Triage.Unusable(var code, var detail, _)) {
            throw new Refused(Refused.Reason.UNACCEPTABLE, code, detail);
        }
        return triage;
    }

    Answer settle(
            Submission submission,
            Triage triage,
            long sequence,
            List<Stage> pipeline,
            Decision<LeadEvent> decision) {
        return told(
                submissions.settle(
                        new SubmissionDesk.Case(submission, sequence, decision), triage, pipeline),
                submission);
    }

    /// What an administrator is told, who may know that it is blocked: it has no lead.
    static Answer told(Answer answer, Submission submission) {
        var values = new LinkedHashMap<>(answer.values());
        values.put("submission_id", submission.getSubmissionId());
        if (answer.outcome().equals("blocked")) {
            values.remove("lead_id");
        }
        return with(answer, values);
    }

    /// What would be, and has not happened.
    static Answer dryRun(Answer answer) {
        var values = new LinkedHashMap<>(answer.values());
        values.put(DRY_RUN, "true");
        return with(answer, values);
    }

    private static Answer with(Answer answer, Map<String, String> values) {
        return new Answer(
                answer.accepted(),
                answer.outcome(),
                answer.code(),
                answer.detail(),
                answer.aggregateId(),
                values);
    }
}
