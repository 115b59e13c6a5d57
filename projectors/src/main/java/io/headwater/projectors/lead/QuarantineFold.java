package io.headwater.projectors.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Copies;
import io.headwater.state.SubmissionState;
import io.headwater.views.QuarantineRow;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A submission in quarantine, and how it left.
///
///     waiting ──► released ──► its outcome          rejected: refused for good
///        └──────► rejected                          quarantined again: waiting
final class QuarantineFold {

    static final String WAITING = "waiting";
    static final String RELEASED = "released";
    static final String REJECTED = "rejected";

    private QuarantineFold() {}

    /// @return the submission whose stay in quarantine an event is about; null when none
    static @Nullable String stayOf(SpecificRecord event) {
        return switch (event) {
            case SubmissionQuarantined e -> e.getSubmission().getSubmissionId();
            case SubmissionEdited e -> e.getSubmissionId();
            case SubmissionReleased e -> e.getSubmissionId();
            case SubmissionRejected e -> e.getSubmissionId();
            default -> {
                Outcome outcome = Outcome.of(event);
                yield outcome != null && outcome.submission().getReleased()
                        ? outcome.submission().getSubmissionId()
                        : null;
            }
        };
    }

    /// @param submission as it stands after the event
    /// @throws UnfoldableException when it was never in quarantine
    static QuarantineRow fold(
            @Nullable QuarantineRow previous,
            SpecificRecord event,
            @Nullable SubmissionState submission,
            SourcePosition position) {
        var row =
                event instanceof SubmissionQuarantined quarantined
                        ? entered(quarantined, previous)
                        : Copies.builder(known(previous, event), QuarantineRow.newBuilder());
        switch (event) {
            case SubmissionEdited e ->
                    row.setEdits(row.getEdits() + 1).setEditedAt(e.getMeta().getOccurredAt());
            case SubmissionReleased e ->
                    decided(row, RELEASED, e.getMeta(), e.getActor()).setPlanId(e.getPlanId());
            case SubmissionRejected e ->
                    decided(row, REJECTED, e.getMeta(), e.getActor())
                            .setPlanId(e.getPlanId())
                            .setRejectCode(e.getReasonCode())
                            .setRejectReason(e.getReason());
            default -> {
                Outcome outcome = Outcome.of(event);
                if (outcome != null && outcome.kind() != Outcome.Kind.QUARANTINED) {
                    row.setOutcome(outcome.name()).setLeadId(outcome.leadId());
                }
            }
        }
        if (submission != null) {
            row.setProblem(submission.getSubmission().getProblem());
        }
        return row.setSrcPartition(position.partition()).setSrcOffset(position.offset()).build();
    }

    private static QuarantineRow.Builder entered(
            SubmissionQuarantined event, @Nullable QuarantineRow previous) {
        Submission s = event.getSubmission();
        return QuarantineRow.newBuilder()
                .setSubmissionId(s.getSubmissionId())
                .setSiteId(s.getSiteId())
                .setSourceId(s.getSourceId())
                .setProvider(s.getProvider())
                .setChannel(s.getChannel())
                .setCode(event.getCode())
                .setDetail(event.getDetail())
                .setState(WAITING)
                .setEdits(previous == null ? 0 : previous.getEdits())
                .setEditedAt(previous == null ? null : previous.getEditedAt())
                .setReceivedAt(s.getReceivedAt())
                .setQuarantinedAt(event.getMeta().getOccurredAt());
    }

    private static QuarantineRow.Builder decided(
            QuarantineRow.Builder row, String state, EventMeta meta, String actor) {
        return row.setState(state).setDecidedAt(meta.getOccurredAt()).setDecidedBy(actor);
    }

    private static QuarantineRow known(@Nullable QuarantineRow previous, SpecificRecord event) {
        if (previous == null) {
            throw new UnfoldableException(
                    event.getSchema().getName() + " of a submission that was never in quarantine");
        }
        return previous;
    }
}
