package io.headwater.command.lead;

import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.Submission;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;

/// Whose partition a command belongs to, and whether it agrees with itself: what would otherwise
/// make a decision fail for ever is turned away here.
final class LeadCommandHeaders {

    private static final long LONGEST_WINDOW = Duration.ofDays(366).toSeconds();

    private LeadCommandHeaders() {}

    /// @throws IllegalArgumentException when it contradicts itself, or is no command of a lead
    static CommandHeader of(SpecificRecord command) {
        return switch (command) {
            case CaptureLead capture -> of(capture);
            case RecordFact record ->
                    new CommandHeader(
                            record.getCommandId(),
                            record.getFact().getSiteId(),
                            record.getFact().getReceivedAt());
            case ScoreLead score -> of(score);
            default -> throw new IllegalArgumentException("no command of a lead");
        };
    }

    private static CommandHeader of(CaptureLead capture) {
        Submission submission = capture.getSubmission();
        long window = submission.getDuplicateWindowSeconds();
        require(window >= 0 && window <= LONGEST_WINDOW, "duplicate window out of range");
        require(
                capture.getCommandId().equals(submission.getSubmissionId()),
                "command id is not the submission id");
        return new CommandHeader(
                capture.getCommandId(), submission.getSiteId(), submission.getReceivedAt());
    }

    private static CommandHeader of(ScoreLead score) {
        require(
                score.getLeadId().startsWith(score.getSiteId() + "_"),
                "the lead belongs to another site");
        return new CommandHeader(score.getCommandId(), score.getSiteId(), score.getRequestedAt());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
