package io.headwater.schema;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SUBMISSION;
import static io.headwater.schema.SampleEvents.submission;

import io.headwater.events.EventMeta;
import io.headwater.events.Pii;
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
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What happens to [SampleEvents#LEAD] after it was captured, and to a submission in quarantine: as
/// builders, told by somebody an hour after [SampleEvents#NOON].
public final class SampleLife {

    public static final Instant AT = NOON.plusSeconds(3_600);
    public static final String ACTOR = "user:ana";
    public static final String OTHER_LEAD = SampleEvents.SITE + "_019aa1b0000070008000000000000002";

    private SampleLife() {}

    /// An event of its own command: each sequence has another id.
    public static EventMeta meta(String aggregateId, long sequence) {
        String command = "command-" + aggregateId + "-" + sequence;
        return new EventMeta(command + "-0", aggregateId, sequence, command, AT.plusSeconds(1));
    }

    public static LeadStageChanged.Builder stageChanged(String from, String to, long sequence) {
        return LeadStageChanged.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setFromStage(from)
                .setToStage(to)
                .setCause("hand")
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static LeadAssigned.Builder assigned(long sequence) {
        return LeadAssigned.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setAssignee("ana")
                .setTeam("south")
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static LeadContacted.Builder contacted(long sequence) {
        return LeadContacted.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setChannel("call")
                .setReached(false)
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static AppointmentChanged.Builder appointment(String ref, String change, long sequence) {
        return AppointmentChanged.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setAppointmentRef(ref)
                .setCurrentRef(ref)
                .setChange(change)
                .setStatus(change)
                .setStartsAt(AT.plusSeconds(86_400))
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static LeadQuoted.Builder quoted(long amountMinor, String currency, long sequence) {
        return LeadQuoted.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setQuoteRef("quote-" + sequence)
                .setAmountMinor(amountMinor)
                .setCurrency(currency)
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static LeadWon.Builder won(long amountMinor, String currency, long sequence) {
        return LeadWon.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setAmountMinor(amountMinor)
                .setCurrency(currency)
                .setReference("deal-" + sequence)
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static LeadLost.Builder lost(long sequence) {
        return LeadLost.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setReasonCode("price")
                .setReason("the other one was cheaper")
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static LeadReturned.Builder returned(long sequence) {
        return LeadReturned.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setReasonCode("invalid_contact")
                .setAt(AT)
                .setActor(ACTOR);
    }

    public static RefundRecorded.Builder refund(String ref, long amountMinor, long sequence) {
        return RefundRecorded.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setRefundRef(ref)
                .setAmountMinor(amountMinor)
                .setCurrency("EUR")
                .setReversed(false)
                .setAt(AT)
                .setActor(ACTOR);
    }

    /// [SampleEvents#LEAD] stands for [#OTHER_LEAD] from now on.
    public static LeadMerged merged(long sequence) {
        return LeadMerged.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setIntoLeadId(OTHER_LEAD)
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    public static LeadAbsorbed absorbed(long sequence) {
        return LeadAbsorbed.newBuilder()
                .setMeta(meta(OTHER_LEAD, sequence))
                .setLeadId(OTHER_LEAD)
                .setMergedLeadId(LEAD)
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    public static LeadUnmerged unmerged(long sequence) {
        return LeadUnmerged.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setFromLeadId(OTHER_LEAD)
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    public static LeadReleased released(long sequence) {
        return LeadReleased.newBuilder()
                .setMeta(meta(OTHER_LEAD, sequence))
                .setLeadId(OTHER_LEAD)
                .setMergedLeadId(LEAD)
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    public static LeadNoted noted(String text, long sequence) {
        return LeadNoted.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setNoteId("note-" + sequence)
                .setMessage(PersonalData.of(text))
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    public static LeadCrmLinked crmLinked(String crmLeadId, long sequence) {
        return LeadCrmLinked.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setCrm("zoho")
                .setCrmLeadId(crmLeadId)
                .setCrmUrl("https://crm.example/leads/" + crmLeadId)
                .setAt(AT)
                .setActor("crm")
                .build();
    }

    public static CrmActivityRecorded crmActivity(long sequence) {
        return CrmActivityRecorded.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setActivityId("activity-" + sequence)
                .setActivity("call")
                .setSummary(PersonalData.of("wants to see it again"))
                .setPayload(PersonalData.of("{\"type\":\"call\"}"))
                .setAt(AT)
                .setActor("crm")
                .build();
    }

    public static EraseRequested eraseRequested(long sequence) {
        return EraseRequested.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setCause("hand")
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    /// @param purposes none: all
    public static ConsentWithdrawn consentWithdrawn(List<String> purposes, long sequence) {
        return ConsentWithdrawn.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setPurposes(purposes)
                .setChannel("phone")
                .setReason("said so when called")
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    public static EraseWithdrawn eraseWithdrawn(long sequence) {
        return EraseWithdrawn.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setRequestedAt(AT)
                .setAt(AT)
                .setActor(ACTOR)
                .build();
    }

    /// @param before values by field of Submission; absent ones are missing
    public static LeadCorrected corrected(
            Map<String, String> before, Map<String, String> after, long sequence) {
        return LeadCorrected.newBuilder()
                .setMeta(meta(LEAD, sequence))
                .setLeadId(LEAD)
                .setSubmissionId(SUBMISSION)
                .setBefore(sealed(before))
                .setAfter(sealed(after))
                .setMappingVersion(3)
                .setPlanId("plan-1")
                .setActor(ACTOR)
                .build();
    }

    /// [SampleEvents#SUBMISSION] waits: its phone number could not be read.
    public static SubmissionQuarantined quarantined() {
        return SubmissionQuarantined.newBuilder()
                .setMeta(meta(SUBMISSION, 1))
                .setSubmission(
                        submission()
                                .setProblem("invalid-phone")
                                .setPhone(PersonalData.of("12"))
                                .build())
                .setCode("invalid-phone")
                .setDetail("the phone number has too few digits")
                .build();
    }

    /// @param before values by field of Submission; absent ones are missing
    public static SubmissionEdited edited(
            Map<String, String> before, Map<String, String> after, long sequence) {
        return SubmissionEdited.newBuilder()
                .setMeta(meta(SUBMISSION, sequence))
                .setSubmissionId(SUBMISSION)
                .setBefore(sealed(before))
                .setAfter(sealed(after))
                .setActor(ACTOR)
                .build();
    }

    public static SubmissionReleased submissionReleased(long sequence) {
        return SubmissionReleased.newBuilder()
                .setMeta(meta(SUBMISSION, sequence))
                .setSubmissionId(SUBMISSION)
                .setPlanId("plan-1")
                .setActor(ACTOR)
                .build();
    }

    public static SubmissionRejected submissionRejected(long sequence) {
        return SubmissionRejected.newBuilder()
                .setMeta(meta(SUBMISSION, sequence))
                .setSubmissionId(SUBMISSION)
                .setReasonCode("spam")
                .setReason("the same text ten times")
                .setActor(ACTOR)
                .build();
    }

    private static Map<String, Pii> sealed(Map<String, String> values) {
        var sealed = new HashMap<String, Pii>();
        values.forEach((field, value) -> sealed.put(field, PersonalData.of(value)));
        return sealed;
    }
}
