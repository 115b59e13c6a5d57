package io.headwater.projectors.lead;

import io.headwater.events.lead.Consent;
import io.headwater.events.lead.Submission;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.state.SubmissionState;
import io.headwater.views.ConsentRow;
import java.util.ArrayList;
import java.util.List;

/// What somebody agreed to with a submission, a row for each; of the lead that the submission
/// became one of. Nothing is kept besides the submission.
final class ConsentFold {

    private ConsentFold() {}

    static List<ConsentRow> rows(SubmissionState state, SourcePosition position) {
        Submission s = state.getSubmission();
        var rows = new ArrayList<ConsentRow>();
        for (Consent consent : s.getConsents()) {
            rows.add(
                    ConsentRow.newBuilder()
                            .setConsentId(s.getSubmissionId() + ":" + rows.size())
                            .setSiteId(s.getSiteId())
                            .setSubmissionId(s.getSubmissionId())
                            .setLeadId(state.getLeadId())
                            .setName(consent.getName())
                            .setPurposes(consent.getPurposes())
                            .setGranted(consent.getGranted())
                            .setAt(consent.getAt())
                            .setText(consent.getText())
                            .setTextHash(consent.getTextHash())
                            .setVersion(consent.getVersion())
                            .setIp(consent.getIp())
                            .setPage(consent.getPage())
                            .setSrcPartition(position.partition())
                            .setSrcOffset(position.offset())
                            .build());
        }
        return rows;
    }
}
