package io.headwater.projectors.lead;

import io.headwater.events.lead.Submission;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.views.SubmissionRow;

/// One outcome to the row of its submission; there is nothing before it.
final class SubmissionFold {

    private SubmissionFold() {}

    static SubmissionRow fold(Outcome outcome, SourcePosition position) {
        Submission s = outcome.submission();
        return SubmissionRow.newBuilder()
                .setSubmissionId(s.getSubmissionId())
                .setSiteId(s.getSiteId())
                .setLeadId(outcome.leadId())
                .setOutcome(outcome.name())
                .setCode(outcome.code())
                .setDetail(outcome.detail())
                .setDuplicateOf(outcome.duplicateOf())
                .setReceiptId(s.getReceiptId())
                .setChannel(s.getChannel())
                .setSourceId(s.getSourceId())
                .setProvider(s.getProvider())
                .setIntegrationId(s.getIntegrationId())
                .setFormId(s.getFormId())
                .setFirstName(Contact.firstName(s))
                .setLastName(s.getLastName())
                .setEmail(s.getEmail())
                .setPhone(s.getPhone())
                .setProjectName(s.getProjectName())
                .setSource(Sources.of(s))
                .setLeadSource(s.getLeadSource())
                .setUtmSource(s.getUtmSource())
                .setUtmCampaign(s.getUtmCampaign())
                .setCountry(s.getCountry())
                .setDeviceType(s.getDeviceType())
                .setVisitorId(s.getVisitorId())
                .setSessionId(s.getSessionId())
                .setTimeToSubmitSeconds(s.getTimeToSubmitSeconds())
                .setPayload(s.getPayload())
                .setReceivedAt(s.getReceivedAt())
                .setSubmittedAt(s.getSubmittedAt())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }
}
