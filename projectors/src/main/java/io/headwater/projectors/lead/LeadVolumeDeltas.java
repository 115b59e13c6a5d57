package io.headwater.projectors.lead;

import io.headwater.events.lead.Submission;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.Outcome.Kind;
import io.headwater.projectors.platform.fold.QuarterHour;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.state.SubmissionState;
import io.headwater.views.LeadVolumeRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one submission counts for in the volume of its quarter hour of receipt, and how that
/// changes.
final class LeadVolumeDeltas {

    private static final Sums<LeadVolumeRow> SUMS = new Sums<>(LeadVolumeRow.class);

    private LeadVolumeDeltas() {}

    /// @param before null: it did not count yet
    /// @return what is to be added; empty when nothing changes
    static List<LeadVolumeRow> between(
            @Nullable SubmissionState before, SubmissionState after, SourcePosition position) {
        LeadVolumeRow now = row(after, position, 1);
        if (before == null) {
            return List.of(now);
        }
        LeadVolumeRow taken = row(before, position, -1);
        if (row(before, position, 1).equals(now)) {
            return List.of();
        }
        return sameKey(taken, now) ? List.of(SUMS.apply(taken, now)) : List.of(taken, now);
    }

    private static boolean sameKey(LeadVolumeRow a, LeadVolumeRow b) {
        return RowKey.of(a).equals(RowKey.of(b));
    }

    static LeadVolumeRow row(SubmissionState state, SourcePosition position, long times) {
        Submission s = state.getSubmission();
        boolean lead = state.getCaptured() && !state.getMerged();
        return LeadVolumeRow.newBuilder()
                .setSiteId(s.getSiteId())
                .setBucket(QuarterHour.of(s.getReceivedAt()))
                .setSource(Sources.of(s))
                .setCampaign(Dimensions.campaign(s.getUtmCampaign()))
                .setCountry(Dimensions.country(s.getCountry()))
                .setDevice(Dimensions.device(s.getDeviceType()))
                .setSubmissions(times)
                .setAccepted(is(state, Kind.ACCEPTED, times))
                .setDuplicate(is(state, Kind.DUPLICATE, times))
                .setBlocked(is(state, Kind.BLOCKED, times))
                .setTest(is(state, Kind.TEST, times))
                .setRefused(is(state, Kind.REFUSED, times))
                .setQuarantined(is(state, Kind.QUARANTINED, times))
                .setLeads(lead ? times : 0)
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    private static long is(SubmissionState state, Kind kind, long times) {
        return state.getOutcome().equals(kind.text()) ? times : 0;
    }
}
