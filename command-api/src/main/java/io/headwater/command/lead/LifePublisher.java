package io.headwater.command.lead;

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
import org.apache.avro.specific.SpecificRecord;

/// The life of a lead, inside to outside; [LifeReader] is the way back.
final class LifePublisher {

    private LifePublisher() {}

    static SpecificRecord publish(LifeEvent event, EventMeta meta) {
        return switch (event) {
            case LifeEvent.StageChanged moved ->
                    LeadStageChanged.newBuilder()
                            .setMeta(meta)
                            .setLeadId(moved.leadId())
                            .setFromStage(moved.from())
                            .setToStage(moved.to())
                            .setToKind(moved.kind().word())
                            .setCause(moved.cause())
                            .setReason(moved.reason())
                            .setAt(moved.by().at())
                            .setActor(moved.by().actor())
                            .build();
            case LifeEvent.Assigned assigned ->
                    LeadAssigned.newBuilder()
                            .setMeta(meta)
                            .setLeadId(assigned.leadId())
                            .setAssignee(assigned.assignee())
                            .setTeam(assigned.team())
                            .setAt(assigned.by().at())
                            .setActor(assigned.by().actor())
                            .build();
            case LifeEvent.Contacted contacted ->
                    LeadContacted.newBuilder()
                            .setMeta(meta)
                            .setLeadId(contacted.leadId())
                            .setChannel(contacted.channel())
                            .setReached(contacted.reached())
                            .setAt(contacted.by().at())
                            .setActor(contacted.by().actor())
                            .build();
            case LifeEvent.AppointmentChanged changed -> publish(changed, meta);
            case LifeEvent.Quoted quoted ->
                    LeadQuoted.newBuilder()
                            .setMeta(meta)
                            .setLeadId(quoted.leadId())
                            .setQuoteRef(quoted.quoteRef())
                            .setAmountMinor(quoted.amountMinor())
                            .setCurrency(quoted.currency())
                            .setAt(quoted.by().at())
                            .setActor(quoted.by().actor())
                            .build();
            case LifeEvent.Won won ->
                    LeadWon.newBuilder()
                            .setMeta(meta)
                            .setLeadId(won.leadId())
                            .setStage(won.stage())
                            .setAmountMinor(won.amountMinor())
                            .setCurrency(won.currency())
                            .setReference(won.reference())
                            .setAt(won.by().at())
                            .setActor(won.by().actor())
                            .build();
            case LifeEvent.Lost lost ->
                    LeadLost.newBuilder()
                            .setMeta(meta)
                            .setLeadId(lost.leadId())
                            .setStage(lost.stage())
                            .setReasonCode(lost.reasonCode())
                            .setReason(lost.reason())
                            .setAt(lost.by().at())
                            .setActor(lost.by().actor())
                            .build();
            case LifeEvent.Returned returned ->
                    LeadReturned.newBuilder()
                            .setMeta(meta)
                            .setLeadId(returned.leadId())
                            .setStage(returned.stage())
                            .setReasonCode(returned.reasonCode())
                            .setReason(returned.reason())
                            .setAt(returned.by().at())
                            .setActor(returned.by().actor())
                            .build();
            case LifeEvent.RefundRecorded refund ->
                    RefundRecorded.newBuilder()
                            .setMeta(meta)
                            .setLeadId(refund.leadId())
                            .setRefundRef(refund.refundRef())
                            .setAmountMinor(refund.amountMinor())
                            .setCurrency(refund.currency())
                            .setReversed(refund.reversed())
                            .setAt(refund.by().at())
                            .setActor(refund.by().actor())
                            .build();
            case LifeEvent.Merged merged ->
                    LeadMerged.newBuilder()
                            .setMeta(meta)
                            .setLeadId(merged.leadId())
                            .setIntoLeadId(merged.into())
                            .setReason(merged.reason())
                            .setAt(merged.by().at())
                            .setActor(merged.by().actor())
                            .build();
            case LifeEvent.Absorbed taken ->
                    LeadAbsorbed.newBuilder()
                            .setMeta(meta)
                            .setLeadId(taken.leadId())
                            .setMergedLeadId(taken.mergedLeadId())
                            .setFacts(taken.facts().stream().map(FactNote::digest).toList())
                            .setAt(taken.by().at())
                            .setActor(taken.by().actor())
                            .build();
            case LifeEvent.Unmerged unmerged ->
                    LeadUnmerged.newBuilder()
                            .setMeta(meta)
                            .setLeadId(unmerged.leadId())
                            .setFromLeadId(unmerged.from())
                            .setReason(unmerged.reason())
                            .setAt(unmerged.by().at())
                            .setActor(unmerged.by().actor())
                            .build();
            case LifeEvent.Released released ->
                    LeadReleased.newBuilder()
                            .setMeta(meta)
                            .setLeadId(released.leadId())
                            .setMergedLeadId(released.mergedLeadId())
                            .setAt(released.by().at())
                            .setActor(released.by().actor())
                            .build();
            case LifeEvent.Noted noted ->
                    LeadNoted.newBuilder()
                            .setMeta(meta)
                            .setLeadId(noted.leadId())
                            .setNoteId(noted.by().commandId())
                            .setMessage(noted.message())
                            .setAt(noted.by().at())
                            .setActor(noted.by().actor())
                            .build();
            case LifeEvent.CrmLinked linked ->
                    LeadCrmLinked.newBuilder()
                            .setMeta(meta)
                            .setLeadId(linked.leadId())
                            .setCrm(linked.crm())
                            .setCrmLeadId(linked.crmLeadId())
                            .setCrmUrl(linked.crmUrl())
                            .setAt(linked.by().at())
                            .setActor(linked.by().actor())
                            .build();
            case LifeEvent.ActivityRecorded activity -> publish(activity, meta);
            case LifeEvent.ConsentWithdrawn withdrawn ->
                    ConsentWithdrawn.newBuilder()
                            .setMeta(meta)
                            .setLeadId(withdrawn.leadId())
                            .setPurposes(withdrawn.purposes())
                            .setChannel(withdrawn.channel())
                            .setReason(withdrawn.reason())
                            .setAt(withdrawn.by().at())
                            .setActor(withdrawn.by().actor())
                            .build();
            case LifeEvent.EraseRequested erase ->
                    EraseRequested.newBuilder()
                            .setMeta(meta)
                            .setLeadId(erase.leadId())
                            .setCause(erase.cause())
                            .setAt(erase.by().at())
                            .setActor(erase.by().actor())
                            .setAtOnce(erase.atOnce())
                            .build();
            case LifeEvent.EraseWithdrawn withdrawn ->
                    EraseWithdrawn.newBuilder()
                            .setMeta(meta)
                            .setLeadId(withdrawn.leadId())
                            .setRequestedAt(withdrawn.requestedAt())
                            .setAt(withdrawn.by().at())
                            .setActor(withdrawn.by().actor())
                            .setReason(withdrawn.reason())
                            .build();
            case LifeEvent.Erased erased ->
                    SubjectErased.newBuilder()
                            .setMeta(meta)
                            .setLeadId(erased.leadId())
                            .setCause(erased.cause())
                            .setAt(erased.by().at())
                            .setActor(erased.by().actor())
                            .build();
            case LifeEvent.Corrected corrected ->
                    LeadCorrected.newBuilder()
                            .setMeta(meta)
                            .setLeadId(corrected.leadId())
                            .setSubmissionId(corrected.submissionId())
                            .setBefore(corrected.before())
                            .setAfter(corrected.after())
                            .setMappingVersion(corrected.mappingVersion())
                            .setPlanId(corrected.planId())
                            .setActor(corrected.by().actor())
                            .build();
        };
    }

    private static SpecificRecord publish(LifeEvent.AppointmentChanged changed, EventMeta meta) {
        return AppointmentChanged.newBuilder()
                .setMeta(meta)
                .setLeadId(changed.leadId())
                .setAppointmentRef(changed.appointmentRef())
                .setCurrentRef(changed.currentRef())
                .setReplacedRefs(changed.replacedRefs())
                .setRef(changed.ref())
                .setPreviousRef(changed.previousRef())
                .setStatus(changed.status())
                .setChange(changed.change())
                .setStartsAt(changed.startsAt())
                .setFactId(changed.factId())
                .setReason(changed.reason())
                .setAt(changed.by().at())
                .setActor(changed.by().actor())
                .build();
    }

    private static SpecificRecord publish(LifeEvent.ActivityRecorded activity, EventMeta meta) {
        return CrmActivityRecorded.newBuilder()
                .setMeta(meta)
                .setLeadId(activity.leadId())
                .setActivityId(activity.activityId())
                .setActivity(activity.activity())
                .setUrl(activity.url())
                .setSummary(activity.summary())
                .setPayload(activity.payload())
                .setAt(activity.by().at())
                .setActor(activity.by().actor())
                .build();
    }
}
