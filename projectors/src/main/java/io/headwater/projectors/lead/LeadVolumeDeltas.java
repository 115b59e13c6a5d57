package io.headwater.projectors.lead;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.Submission;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.projectors.platform.fold.Outcome.Kind;
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
                Sources.of(s),
                Dimensions.campaign(s.getUtmCampaign()),
                Dimensions.country(s.getCountry()),
                Dimensions.device(s.getDeviceType()),
                1L,
                outcome.count(Kind.ACCEPTED),
                outcome.count(Kind.DUPLICATE),
                outcome.count(Kind.BLOCKED),
                outcome.count(Kind.TEST),
                outcome.count(Kind.REFUSED),
                outcome.count(Kind.QUARANTINED),
                event instanceof LeadCaptured ? 1L : 0L,
                position.partition(),
                position.offset());
    }
}
