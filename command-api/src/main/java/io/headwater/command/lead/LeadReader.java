package io.headwater.command.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.life.FactNote;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Outside to inside, for who folds the events again; [LeadPublisher] is the other way.
final class LeadReader {

    private LeadReader() {}

    /// @return null for what is no event of a lead, for example a duplicate submission
    static @Nullable LeadEvent read(SpecificRecord event) {
        return switch (event) {
            case LeadCaptured captured ->
                    new LeadEvent.Captured(
                            captured.getLeadId(), captured.getSubmission(), captured.getStage());
            case LeadResubmitted again ->
                    new LeadEvent.Resubmitted(
                            again.getLeadId(),
                            again.getSubmission(),
                            again.getReengaged(),
                            again.getConflictingLeadId());
            case LeadScored scored ->
                    new LeadEvent.Scored(
                            scored.getLeadId(),
                            new Engagement(
                                    scored.getSessionId(),
                                    scored.getEngagementScore(),
                                    scored.getEngagementLabel(),
                                    scored.getSessionDurationSeconds(),
                                    scored.getPagesVisited(),
                                    scored.getReturnVisits(),
                                    scored.getScoreVersion(),
                                    new Judgement(
                                            scored.getSuspicionScore(),
                                            scored.getSuspicionReasons(),
                                            scored.getVpnScore(),
                                            scored.getVpnSuspected())),
                            scored.getSubmittedAt());
            case FactRecorded recorded ->
                    recorded.getLeadId() == null
                            ? null
                            : new LeadEvent.FactRecorded(recorded.getLeadId(), recorded.getFact());
            case FactAttributed attributed ->
                    new LeadEvent.FactAttributed(
                            attributed.getLeadId(),
                            attributed.getFactId(),
                            attributed.getFact() == null
                                    ? null
                                    : FactNote.of(attributed.getFact()));
            default -> lived(event);
        };
    }

    private static @Nullable LeadEvent lived(SpecificRecord event) {
        var what = LifeReader.read(event);
        return what == null ? null : new LeadEvent.Lived(what.leadId(), what);
    }

    /// @return the lead with the event
    static Lead fold(@Nullable Lead lead, LeadEvent event) {
        if (event instanceof LeadEvent.Captured captured) {
            return Lead.on(captured);
        }
        if (lead == null) {
            throw new IllegalStateException("an event of a lead that was never captured");
        }
        return switch (event) {
            case LeadEvent.Resubmitted again -> lead.on(again);
            case LeadEvent.Scored scored -> lead.on(scored);
            case LeadEvent.FactRecorded recorded -> lead.on(recorded);
            case LeadEvent.FactAttributed attributed -> lead.on(attributed);
            case LeadEvent.Lived lived -> lead.on(lived);
            default -> lead;
        };
    }

    static EventMeta meta(SpecificRecord event) {
        return (EventMeta) event.get(event.getSchema().getField("meta").pos());
    }
}
