package io.headwater.jobs.lead;

import io.headwater.events.lead.ScoreRequested;
import io.headwater.state.SessionSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How suspicious a submission is, with a code for each part that was added. Pure.
///
/// source: contract.md section 2; the table in docs/scores.md
///
/// @param score 0 to 100
record Suspicion(int score, List<String> reasons) {

    private static final int MOST = 100;

    /// @param session by which the lead is scored
    /// @param vpnScore 0 to 100, or null when unknown
    static Suspicion of(
            ScoreRequested request, @Nullable SessionSummary session, @Nullable Integer vpnScore) {
        var parts = new Parts();
        parts.add(request.getHoneypotFilled(), 40, "honeypot");
        Double seconds = request.getTimeToSubmitSeconds();
        if (seconds != null) {
            parts.add(seconds < 5, 30, "submit_under_5s");
            parts.add(seconds >= 5 && seconds < 10, 10, "submit_under_10s");
        }
        parts.add(session == null && request.getExpectsSession(), 15, "no_session");
        parts.add(session != null && session.getEngagementScore() == 0, 10, "no_engagement");
        if (vpnScore != null) {
            parts.add(vpnScore > 50, 15, "vpn_over_50");
            parts.add(vpnScore > 20 && vpnScore <= 50, 5, "vpn_over_20");
        }
        parts.add(request.getRecentSubmissions() >= 3, 20, "submissions_3_in_24h");
        parts.add(request.getRecentSubmissions() == 2, 10, "submissions_2_in_24h");
        parts.add(Boolean.TRUE.equals(request.getCompetitorEmail()), 25, "competitor_email");
        return new Suspicion(Math.min(MOST, parts.sum), List.copyOf(parts.reasons));
    }

    private static final class Parts {
        private final List<String> reasons = new ArrayList<>();
        private int sum;

        void add(boolean applies, int points, String reason) {
            if (applies) {
                sum += points;
                reasons.add(reason);
            }
        }
    }
}
