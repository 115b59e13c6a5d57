package io.headwater.schema;

import io.headwater.events.lead.AppointmentChanged;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.CheckContact;
import io.headwater.events.lead.ConsentWithdrawn;
import io.headwater.events.lead.CrmActivityRecorded;
import io.headwater.events.lead.EditSubmission;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.EraseWithdrawn;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.InspectSubmission;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadAssigned;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadCrmLinked;
import io.headwater.events.lead.LeadLost;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadNoted;
import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadReturned;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.PreviewSubmission;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.events.lead.RejectSubmission;
import io.headwater.events.lead.ReleaseSubmission;
import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.SubjectErased;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.events.lead.SubmissionTested;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// The records of the two lead topics.
final class LeadRecords {

    static final List<Class<? extends SpecificRecord>> COMMANDS =
            List.of(
                    CaptureLead.class,
                    RecordFact.class,
                    ChangeLead.class,
                    ScoreLead.class,
                    CheckContact.class,
                    EditSubmission.class,
                    InspectSubmission.class,
                    PreviewSubmission.class,
                    ReleaseSubmission.class,
                    RejectSubmission.class);

    static final List<Class<? extends SpecificRecord>> EVENTS =
            List.of(
                    LeadCaptured.class,
                    LeadResubmitted.class,
                    LeadScored.class,
                    SubmissionDuplicated.class,
                    SubmissionTested.class,
                    SubmissionBlocked.class,
                    SubmissionRefused.class,
                    SubmissionQuarantined.class,
                    FactRecorded.class,
                    FactAttributed.class,
                    LeadStageChanged.class,
                    LeadAssigned.class,
                    LeadContacted.class,
                    AppointmentChanged.class,
                    LeadQuoted.class,
                    LeadWon.class,
                    LeadLost.class,
                    LeadReturned.class,
                    RefundRecorded.class,
                    LeadMerged.class,
                    LeadAbsorbed.class,
                    LeadUnmerged.class,
                    LeadReleased.class,
                    LeadNoted.class,
                    LeadCrmLinked.class,
                    CrmActivityRecorded.class,
                    EraseRequested.class,
                    EraseWithdrawn.class,
                    SubjectErased.class,
                    ConsentWithdrawn.class,
                    LeadCorrected.class,
                    SubmissionEdited.class,
                    SubmissionReleased.class,
                    SubmissionRejected.class);

    private LeadRecords() {}
}
