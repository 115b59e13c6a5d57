package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import java.time.Duration;

/// Takes a submission for the first time.
final class CaptureRule implements LeadRule<CaptureLead> {

    private static final long LONGEST_WINDOW = Duration.ofDays(366).toSeconds();

    private final SubmissionDesk submissions;

    CaptureRule(SubmissionDesk submissions) {
        this.submissions = submissions;
    }

    @Override
    public Class<CaptureLead> command() {
        return CaptureLead.class;
    }

    @Override
    public CommandHeader header(CaptureLead command) {
        Submission submission = command.getSubmission();
        requireWindows(submission);
        LeadRule.require(
                command.getCommandId().equals(submission.getSubmissionId()),
                "command id is not the submission id");
        return new CommandHeader(
                command.getCommandId(), submission.getSiteId(), submission.getReceivedAt());
    }

    /// @throws IllegalArgumentException for a window out of range
    static void requireWindows(Submission submission) {
        requireWindow(submission.getDuplicateWindowSeconds(), "duplicate");
        requireWindow(submission.getPersonWindowSeconds(), "person");
    }

    private static void requireWindow(long seconds, String which) {
        LeadRule.require(seconds >= 0 && seconds <= LONGEST_WINDOW, which + " window out of range");
    }

    @Override
    public Answer decide(CaptureLead command, Decision<LeadEvent> decision) {
        var submission = command.getSubmission();
        return submissions.settle(
                new SubmissionDesk.Case(submission, 1, decision),
                submissions.judge(submission),
                command.getPipeline());
    }
}
