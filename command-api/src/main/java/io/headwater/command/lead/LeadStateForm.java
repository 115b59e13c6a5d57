package io.headwater.command.lead;

import io.headwater.command.platform.axon.EntityState;
import io.headwater.command.platform.axon.Folded;
import io.headwater.state.LeadState;
import org.jspecify.annotations.Nullable;

/// A lead in its store. The formula of a score is not kept: it is no part of what makes scores
/// equal.
final class LeadStateForm implements EntityState<Lead, LeadState> {

    private static final int FORMULA_NOT_KEPT = 0;

    @Override
    public LeadState save(Folded<Lead> folded) {
        var lead = folded.entity();
        var engagement = lead.engagement();
        var state =
                LeadState.newBuilder()
                        .setLeadId(lead.leadId())
                        .setSiteId(lead.siteId())
                        .setVersion(folded.version())
                        .setLastSubmittedAt(lead.lastSubmittedAt())
                        .setFirstSubmissionId(lead.firstSubmissionId())
                        .setScoredSubmittedAt(lead.scoredSubmittedAt());
        if (engagement != null) {
            state.setSessionId(engagement.sessionId())
                    .setEngagementScore(engagement.score())
                    .setEngagementLabel(engagement.label())
                    .setSessionDurationSeconds(engagement.durationSeconds())
                    .setPagesVisited(engagement.pagesVisited())
                    .setReturnVisits(engagement.returnVisits());
        }
        return state.build();
    }

    @Override
    public Folded<Lead> restore(LeadState state) {
        return new Folded<>(
                new Lead(
                        state.getLeadId(),
                        state.getSiteId(),
                        state.getLastSubmittedAt(),
                        state.getFirstSubmissionId(),
                        engagement(state),
                        state.getScoredSubmittedAt()),
                state.getVersion());
    }

    private static @Nullable Engagement engagement(LeadState state) {
        Integer score = state.getEngagementScore();
        return score == null
                ? null
                : new Engagement(
                        state.getSessionId(),
                        score,
                        state.getEngagementLabel(),
                        state.getSessionDurationSeconds(),
                        state.getPagesVisited(),
                        state.getReturnVisits(),
                        FORMULA_NOT_KEPT);
    }
}
