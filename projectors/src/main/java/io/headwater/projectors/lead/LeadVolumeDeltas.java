package io.headwater.projectors.lead;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.Submission;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.QuarterHour;
import io.headwater.views.LeadVolumeRow;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What one event adds to the volume of its quarter hour of receipt.
final class LeadVolumeDeltas {

    private LeadVolumeDeltas() {}

    /// @return null for events about no submission
    static @Nullable LeadVolumeRow of(SpecificRecord event, SourcePosition position) {
        Outcome outcome = Outcome.of(event);
        if (outcome == null) {
            return null;
        }
        Submission s = outcome.submission();
        return new LeadVolumeRow(
                s.getSiteId(),
                QuarterHour.of(s.getReceivedAt()),
                Dimensions.source(
                        s.getUtmSource(),
                        s.getLeadSource(),
                        Dimensions.referrerHost(s.getReferredBy(), s.getPageUrl())),
                Dimensions.campaign(s.getUtmCampaign()),
                Dimensions.country(s.getCountry()),
                Dimensions.device(s.getDeviceType()),
                1L,
                one(outcome, "accepted"),
                one(outcome, "duplicate"),
                one(outcome, "blocked"),
                one(outcome, "test"),
                one(outcome, "refused"),
                one(outcome, "quarantined"),
                event instanceof LeadCaptured ? 1L : 0L,
                position.partition(),
                position.offset());
    }

    static LeadVolumeRow add(LeadVolumeRow a, LeadVolumeRow b) {
        var newest =
                new SourcePosition(a.getSrcPartition(), a.getSrcOffset())
                        .newest(new SourcePosition(b.getSrcPartition(), b.getSrcOffset()));
        return new LeadVolumeRow(
                a.getSiteId(),
                a.getBucket(),
                a.getSource(),
                a.getCampaign(),
                a.getCountry(),
                a.getDevice(),
                a.getSubmissions() + b.getSubmissions(),
                a.getAccepted() + b.getAccepted(),
                a.getDuplicate() + b.getDuplicate(),
                a.getBlocked() + b.getBlocked(),
                a.getTest() + b.getTest(),
                a.getRefused() + b.getRefused(),
                a.getQuarantined() + b.getQuarantined(),
                a.getLeads() + b.getLeads(),
                newest.partition(),
                newest.offset());
    }

    private static long one(Outcome outcome, String name) {
        return outcome.name().equals(name) ? 1 : 0;
    }
}
