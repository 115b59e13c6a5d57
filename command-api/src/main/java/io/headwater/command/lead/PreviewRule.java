package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.PreviewSubmission;

/// Tells what a submission would become.
final class PreviewRule implements LeadRule<PreviewSubmission> {

    private final SubmissionDesk submissions;

    PreviewRule(SubmissionDesk submissions) {
        this.submissions = submissions;
    }

    @Override
    public Class<PreviewSubmission> command() {
        return PreviewSubmission.class;
    }

    @Override
    public CommandHeader header(PreviewSubmission command) {
        var submission = command.getSubmission();
        CaptureRule.requireWindows(submission);
        return new CommandHeader(
                command.getCommandId(), submission.getSiteId(), submission.getReceivedAt());
    }

    @Override
    public Answer decide(PreviewSubmission command, Decision<LeadEvent> decision) {
        var submission = command.getSubmission();
        var triage = submissions.judge(submission);
        return QuarantineRule.dryRun(
                QuarantineRule.told(SubmissionDesk.answer(submission, triage), submission));
    }
}
