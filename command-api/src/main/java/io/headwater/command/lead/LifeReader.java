package io.headwater.command.lead;

import io.headwater.command.platform.directory.Stage;
import io.headwater.events.EventMeta;
import io.headwater.events.lead.AppointmentChanged;
import io.headwater.events.lead.ConsentWithdrawn;
import io.headwater.events.lead.CrmActivityRecorded;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.EraseWithdrawn;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadAssigned;
import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadCrmLinked;
import io.headwater.events.lead.LeadLost;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadNoted;
import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadReturned;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.events.lead.SubjectErased;
import io.headwater.life.FactNote;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The life of a lead, outside to inside; [LifePublisher] is the other way.
final class LifeReader {

    private LifeReader() {}

    /// @return null for what is no event of a life
    static @Nullable LifeEvent read(SpecificRecord event) {
        return switch (event) {
            case LeadStageChanged e ->
                    new LifeEvent.StageChanged(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getFromStage(),
                            e.getToStage(),
                            Stage.Kind.of(e.getToKind()).orElse(Stage.Kind.OPEN),
                            e.getCause(),
                            e.getReason());
            case LeadAssigned e ->
                    new LifeEvent.Assigned(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getAssignee(),
                            e.getTeam());
            case LeadContacted e ->
                    new LifeEvent.Contacted(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getChannel(),
                            e.getReached());
            case AppointmentChanged e ->
                    new LifeEvent.AppointmentChanged(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getAppointmentRef(),
                            e.getCurrentRef(),
                            e.getStatus(),
                            e.getStartsAt(),
                            e.getReplacedRefs(),
                            e.getChange(),
                            e.getRef() == null ? e.getCurrentRef() : e.getRef(),
                            e.getPreviousRef(),
                            e.getFactId(),
                            e.getReason());
            case LeadQuoted e ->
                    new LifeEvent.Quoted(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getQuoteRef(),
                            e.getAmountMinor(),
                            e.getCurrency());
            case LeadWon e ->
                    new LifeEvent.Won(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getStage(),
                            e.getAmountMinor(),
                            e.getCurrency(),
                            e.getReference());
            case LeadLost e ->
                    new LifeEvent.Lost(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getStage(),
                            e.getReasonCode(),
                            e.getReason());
            case LeadReturned e ->
                    new LifeEvent.Returned(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getStage(),
                            e.getReasonCode(),
                            e.getReason());
            case RefundRecorded e ->
                    new LifeEvent.RefundRecorded(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getRefundRef(),
                            e.getAmountMinor(),
                            e.getCurrency(),
                            e.getReversed());
            default -> together(event);
        };
    }

    private static @Nullable LifeEvent together(SpecificRecord event) {
        return switch (event) {
            case LeadMerged e ->
                    new LifeEvent.Merged(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getIntoLeadId(),
                            e.getReason());
            case LeadAbsorbed e ->
                    new LifeEvent.Absorbed(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getMergedLeadId(),
                            e.getFacts().stream().map(FactNote::of).toList());
            case LeadUnmerged e ->
                    new LifeEvent.Unmerged(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getFromLeadId(),
                            e.getReason());
            case LeadReleased e ->
                    new LifeEvent.Released(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getMergedLeadId());
            case LeadNoted e ->
                    new LifeEvent.Noted(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getMessage());
            case LeadCrmLinked e ->
                    new LifeEvent.CrmLinked(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getCrm(),
                            e.getCrmLeadId(),
                            e.getCrmUrl());
            case CrmActivityRecorded e ->
                    new LifeEvent.ActivityRecorded(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getActivityId(),
                            e.getActivity(),
                            e.getUrl(),
                            e.getSummary(),
                            e.getPayload());
            case ConsentWithdrawn e ->
                    new LifeEvent.ConsentWithdrawn(
                            e.getLeadId(), by(e), e.getPurposes(), e.getChannel(), e.getReason());
            case EraseRequested e ->
                    new LifeEvent.EraseRequested(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getCause(),
                            e.getAtOnce());
            case EraseWithdrawn e ->
                    new LifeEvent.EraseWithdrawn(
                            e.getLeadId(),
                            by(e.getMeta(), e.getAt(), e.getActor()),
                            e.getRequestedAt(),
                            e.getReason());
            case SubjectErased e ->
                    new LifeEvent.Erased(
                            e.getLeadId(), by(e.getMeta(), e.getAt(), e.getActor()), e.getCause());
            case LeadCorrected e ->
                    new LifeEvent.Corrected(
                            e.getLeadId(),
                            by(e.getMeta(), e.getMeta().getOccurredAt(), e.getActor()),
                            e.getSubmissionId(),
                            e.getBefore(),
                            e.getAfter(),
                            e.getMappingVersion(),
                            e.getPlanId());
            default -> null;
        };
    }

    static By by(ConsentWithdrawn event) {
        return by(event.getMeta(), event.getAt(), event.getActor());
    }

    private static By by(EventMeta meta, Instant at, String actor) {
        return new By(meta.getCommandId(), meta.getOccurredAt(), at, actor);
    }
}
