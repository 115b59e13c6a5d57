package io.headwater.jobs.lead;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A submission that became part of a lead: what asks for a score.
record Submitted(String leadId, Submission submission) {

    /// @return null when the record asks for no score
    static @Nullable Submitted of(@Nullable SpecificRecord record) {
        return switch (record) {
            case LeadCaptured captured ->
                    new Submitted(captured.getLeadId(), captured.getSubmission());
            case LeadResubmitted again -> new Submitted(again.getLeadId(), again.getSubmission());
            case null, default -> null;
        };
    }

    @Nullable String visitorId() {
        return submission.getVisitorId();
    }

    /// The visitor, or the lead when there is none.
    String routingKey() {
        String visitor = visitorId();
        return visitor == null ? leadId : visitor;
    }
}
