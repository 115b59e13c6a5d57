package io.headwater.projectors.intake;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.projectors.platform.fold.Outcome.Kind;
import io.headwater.projectors.platform.fold.QuarterHour;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Copies;
import io.headwater.views.IntakeRow;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Both sides of `received = accepted + duplicate + blocked + test + refused + quarantined`:
/// receipts say how many submissions came in, lead events what became of each. Purely additive, so
/// the order between the two topics does not matter. One that leaves the quarantine is taken off
/// there when it counts elsewhere, so the identity is exact at every moment.
final class IntakeFold {

    private IntakeFold() {}

    /// @param waiting what a rejected submission added when it was quarantined
    /// @return what the event adds, as a row; null for events that count nothing
    /// @throws UnfoldableException when a submission is rejected that does not wait
    static @Nullable IntakeRow delta(
            SpecificRecord event, @Nullable IntakeRow waiting, SourcePosition position) {
        if (event instanceof ReceiptRecorded receipt) {
            int submissions = receipt.getSubmissionIds().size();
            return submissions == 0 ? null : received(receipt, submissions, position);
        }
        if (event instanceof SubmissionRejected) {
            return rejected(waiting, position);
        }
        Outcome outcome = Outcome.of(event);
        return outcome == null ? null : judged(outcome, position);
    }

    private static IntakeRow received(
            ReceiptRecorded receipt, int submissions, SourcePosition position) {
        return row(
                        receipt.getSiteId(),
                        receipt.getReceivedAt(),
                        receipt.getSourceId(),
                        receipt.getChannel(),
                        position)
                .setReceived(submissions)
                .build();
    }

    private static IntakeRow judged(Outcome outcome, SourcePosition position) {
        Submission s = outcome.submission();
        return row(s.getSiteId(), s.getReceivedAt(), s.getSourceId(), s.getChannel(), position)
                .setAccepted(outcome.count(Kind.ACCEPTED))
                .setDuplicate(outcome.count(Kind.DUPLICATE))
                .setBlocked(outcome.count(Kind.BLOCKED))
                .setTest(outcome.count(Kind.TEST))
                .setRefused(outcome.count(Kind.REFUSED))
                .setQuarantined(outcome.count(Kind.QUARANTINED) - (s.getReleased() ? 1 : 0))
                .build();
    }

    private static IntakeRow rejected(@Nullable IntakeRow waiting, SourcePosition position) {
        if (waiting == null) {
            throw new UnfoldableException(
                    "SubmissionRejected of a submission that does not wait in quarantine");
        }
        return Copies.builder(waiting, IntakeRow.newBuilder())
                .setQuarantined(-1)
                .setRefused(1)
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    private static IntakeRow.Builder row(
            String siteId,
            Instant receivedAt,
            @Nullable String sourceId,
            String channel,
            SourcePosition position) {
        return IntakeRow.newBuilder()
                .setSiteId(siteId)
                .setBucket(QuarterHour.of(receivedAt))
                .setSourceId(Dimensions.id(sourceId == null ? channel : sourceId))
                .setReceived(0)
                .setAccepted(0)
                .setDuplicate(0)
                .setBlocked(0)
                .setTest(0)
                .setRefused(0)
                .setQuarantined(0)
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset());
    }
}
