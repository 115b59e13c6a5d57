package io.headwater.projectors.intake;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionTested;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.QuarterHour;
import io.headwater.views.IntakeRow;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Both sides of `received = accepted + duplicate + blocked + test + refused + quarantined`:
/// receipts say how many submissions came in, lead events what became of each. Purely additive, so
/// the order between the two topics does not matter.
final class IntakeFold {

    private enum Side {
        RECEIVED,
        ACCEPTED,
        DUPLICATE,
        BLOCKED,
        TEST,
        REFUSED,
        QUARANTINED
    }

    private IntakeFold() {}

    /// @return what the event adds, as a row; null for events that count nothing
    static @Nullable IntakeRow delta(SpecificRecord event, SourcePosition position) {
        return switch (event) {
            case ReceiptRecorded receipt -> {
                int submissions = receipt.getSubmissionIds().size();
                yield submissions == 0
                        ? null
                        : row(
                                receipt.getSiteId(),
                                receipt.getReceivedAt(),
                                receipt.getSourceId(),
                                receipt.getChannel(),
                                Side.RECEIVED,
                                submissions,
                                position);
            }
            case LeadCaptured e -> row(e.getSubmission(), Side.ACCEPTED, position);
            case LeadResubmitted e -> row(e.getSubmission(), Side.ACCEPTED, position);
            case SubmissionDuplicated e -> row(e.getSubmission(), Side.DUPLICATE, position);
            case SubmissionBlocked e -> row(e.getSubmission(), Side.BLOCKED, position);
            case SubmissionTested e -> row(e.getSubmission(), Side.TEST, position);
            case SubmissionRefused e -> row(e.getSubmission(), Side.REFUSED, position);
            case SubmissionQuarantined e -> row(e.getSubmission(), Side.QUARANTINED, position);
            default -> null;
        };
    }

    static IntakeRow fold(@Nullable IntakeRow previous, IntakeRow delta) {
        if (previous == null) {
            return delta;
        }
        var newest =
                new SourcePosition(previous.getSrcPartition(), previous.getSrcOffset())
                        .newest(new SourcePosition(delta.getSrcPartition(), delta.getSrcOffset()));
        return new IntakeRow(
                previous.getSiteId(),
                previous.getBucket(),
                previous.getSourceId(),
                previous.getReceived() + delta.getReceived(),
                previous.getAccepted() + delta.getAccepted(),
                previous.getDuplicate() + delta.getDuplicate(),
                previous.getBlocked() + delta.getBlocked(),
                previous.getTest() + delta.getTest(),
                previous.getRefused() + delta.getRefused(),
                previous.getQuarantined() + delta.getQuarantined(),
                newest.partition(),
                newest.offset());
    }

    private static IntakeRow row(Submission s, Side side, SourcePosition position) {
        return row(
                s.getSiteId(),
                s.getReceivedAt(),
                s.getSourceId(),
                s.getChannel(),
                side,
                1,
                position);
    }

    private static IntakeRow row(
            String siteId,
            Instant receivedAt,
            @Nullable String sourceId,
            String channel,
            Side side,
            long count,
            SourcePosition position) {
        return new IntakeRow(
                siteId,
                QuarterHour.of(receivedAt),
                Dimensions.id(sourceId == null ? channel : sourceId),
                side == Side.RECEIVED ? count : 0,
                side == Side.ACCEPTED ? count : 0,
                side == Side.DUPLICATE ? count : 0,
                side == Side.BLOCKED ? count : 0,
                side == Side.TEST ? count : 0,
                side == Side.REFUSED ? count : 0,
                side == Side.QUARANTINED ? count : 0,
                position.partition(),
                position.offset());
    }
}
