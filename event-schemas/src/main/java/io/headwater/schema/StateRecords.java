package io.headwater.schema;

import io.headwater.state.ClaimState;
import io.headwater.state.DeliveryState;
import io.headwater.state.IdentityState;
import io.headwater.state.IpEntryState;
import io.headwater.state.LeadNoteState;
import io.headwater.state.LeadState;
import io.headwater.state.NetworkHistory;
import io.headwater.state.PermissionState;
import io.headwater.state.QuarantineState;
import io.headwater.state.RecentSubmissions;
import io.headwater.state.SessionContext;
import io.headwater.state.SessionVisits;
import io.headwater.state.SiteState;
import io.headwater.state.SubmissionState;
import io.headwater.state.VisitorScores;
import io.headwater.state.WaitingFact;
import io.headwater.state.WaitingUnder;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// What state stores hold.
final class StateRecords {

    static final List<Class<? extends SpecificRecord>> ALL =
            List.of(
                    SessionContext.class,
                    SessionVisits.class,
                    LeadState.class,
                    LeadNoteState.class,
                    QuarantineState.class,
                    IdentityState.class,
                    PermissionState.class,
                    DeliveryState.class,
                    SiteState.class,
                    SubmissionState.class,
                    ClaimState.class,
                    IpEntryState.class,
                    VisitorScores.class,
                    NetworkHistory.class,
                    RecentSubmissions.class,
                    WaitingFact.class,
                    WaitingUnder.class);

    private StateRecords() {}
}
