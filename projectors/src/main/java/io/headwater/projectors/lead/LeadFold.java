package io.headwater.projectors.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.Submission;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Copies;
import io.headwater.views.LeadRow;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// One primary lead as it stands: who it is. What happens to it is [LifeFold]'s.
///
/// What the first submission said stays, the source it is counted under included; later ones fill
/// what was missing, give the newest message and count.
final class LeadFold {

    private LeadFold() {}

    /// @return the lead that an event is about; null when none
    static @Nullable String leadOf(SpecificRecord event) {
        return switch (event) {
            case LeadCaptured e -> e.getLeadId();
            case LeadResubmitted e -> e.getLeadId();
            case LeadScored e -> e.getLeadId();
            case FactRecorded e -> e.getLeadId();
            case FactAttributed e -> e.getLeadId();
            default -> LifeFold.leadOf(event);
        };
    }

    /// @throws UnfoldableException when the lead was never captured
    static LeadRow fold(@Nullable LeadRow previous, SpecificRecord event, SourcePosition position) {
        LeadRow.Builder row =
                switch (event) {
                    case LeadCaptured captured ->
                            captured(captured).setCapturedOffset(position.offset());
                    case LeadResubmitted again -> resubmitted(known(previous, event), again);
                    case LeadScored scored -> scored(known(previous, event), scored);
                    case FactRecorded fact -> fact(known(previous, event), fact.getMeta());
                    case FactAttributed fact -> fact(known(previous, event), fact.getMeta());
                    default -> LifeFold.fold(known(previous, event), event);
                };
        return row.setSrcPartition(position.partition()).setSrcOffset(position.offset()).build();
    }

    private static LeadRow.Builder captured(LeadCaptured event) {
        Submission s = event.getSubmission();
        Instant created = createdAt(s);
        var row =
                LeadRow.newBuilder()
                        .setLeadId(event.getLeadId())
                        .setSiteId(s.getSiteId())
                        .setStatus(event.getStage())
                        .setStatusSince(created)
                        .setChannel(s.getChannel())
                        .setSource(Sources.of(s))
                        .setSourceId(s.getSourceId())
                        .setProvider(s.getProvider())
                        .setFormId(s.getFormId())
                        .setMappingVersion(s.getMappingVersion())
                        .setImported(s.getImported())
                        .setSubmissions(1)
                        .setFacts(0)
                        .setCreatedAt(created)
                        .setLastSubmittedAt(created)
                        .setVersion(event.getMeta().getSequence());
        return Contact.fill(row, s);
    }

    /// An import tells of the past: its leads are as old as they say.
    private static Instant createdAt(Submission s) {
        Instant received = s.getReceivedAt();
        return s.getImported() && s.getSubmittedAt().isBefore(received)
                ? s.getSubmittedAt()
                : received;
    }

    private static LeadRow.Builder resubmitted(LeadRow previous, LeadResubmitted event) {
        Submission s = event.getSubmission();
        var row =
                Copies.builder(previous, LeadRow.newBuilder())
                        .setSubmissions(previous.getSubmissions() + 1)
                        .setLastSubmittedAt(later(previous.getLastSubmittedAt(), createdAt(s)))
                        .setVersion(event.getMeta().getSequence());
        if (event.getConflictingLeadId() != null) {
            row.setConflictingLeadId(event.getConflictingLeadId());
        }
        return Contact.fill(row, s);
    }

    private static LeadRow.Builder scored(LeadRow previous, LeadScored event) {
        var row =
                Copies.builder(previous, LeadRow.newBuilder())
                        .setEngagementScore(event.getEngagementScore())
                        .setEngagementLabel(event.getEngagementLabel())
                        .setSessionDurationSeconds(event.getSessionDurationSeconds())
                        .setPagesVisited(event.getPagesVisited())
                        .setReturnVisits(event.getReturnVisits())
                        .setSuspicionScore(event.getSuspicionScore())
                        .setSuspicionReasons(event.getSuspicionReasons())
                        .setVpnScore(event.getVpnScore())
                        .setVpnSuspected(event.getVpnSuspected())
                        .setVersion(event.getMeta().getSequence());
        if (event.getSessionId() != null) {
            row.setSessionId(event.getSessionId());
        }
        return row;
    }

    private static LeadRow.Builder fact(LeadRow previous, EventMeta meta) {
        var row = Copies.builder(previous, LeadRow.newBuilder()).setFacts(previous.getFacts() + 1);
        // Facts about no entity count by themselves.
        return meta.getAggregateId().equals(previous.getLeadId())
                ? row.setVersion(meta.getSequence())
                : row;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static LeadRow known(@Nullable LeadRow previous, SpecificRecord event) {
        if (previous == null) {
            throw new UnfoldableException(
                    event.getSchema().getName() + " of a lead that was never captured");
        }
        return previous;
    }
}
