package io.headwater.command.lead;

import io.headwater.command.lead.life.StageDecision;
import io.headwater.command.platform.axon.EntityState;
import io.headwater.command.platform.axon.Folded;
import io.headwater.command.platform.directory.Stage;
import io.headwater.events.lead.FactDigest;
import io.headwater.life.FactNote;
import io.headwater.life.Facts;
import io.headwater.state.AbsorbedLead;
import io.headwater.state.LeadState;
import java.util.List;
import java.util.TreeMap;
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
                        .setCapturedAt(lead.capturedAt())
                        .setLastSubmittedAt(lead.lastSubmittedAt())
                        .setFirstSubmissionId(lead.firstSubmissionId())
                        .setScoredSubmittedAt(lead.scoredSubmittedAt());
        if (engagement != null) {
            state.setSessionId(engagement.sessionId())
                    .setEngagementScore(engagement.score())
                    .setEngagementLabel(engagement.label())
                    .setSessionDurationSeconds(engagement.durationSeconds())
                    .setPagesVisited(engagement.pagesVisited())
                    .setReturnVisits(engagement.returnVisits())
                    .setSuspicionScore(engagement.judgement().suspicionScore())
                    .setSuspicionReasons(engagement.judgement().reasons())
                    .setVpnScore(engagement.judgement().vpnScore())
                    .setVpnSuspected(engagement.judgement().vpnSuspected());
        }
        return save(lead.life(), state).build();
    }

    private static LeadState.Builder save(LeadLife life, LeadState.Builder state) {
        return state.setStage(life.stage())
                .setStageKind(life.kind().word())
                .setDecidedStage(life.decided().stage())
                .setDecidedKind(life.decided().kind().word())
                .setDecidedAt(life.decided().decidedAt())
                .setAssignee(life.assignee())
                .setTeam(life.team())
                .setContacts(life.contacts())
                .setFirstContactAt(life.firstContactAt())
                .setFacts(digests(life.own()))
                .setAbsorbed(
                        life.absorbed().entrySet().stream()
                                .map(taken ->
                                        new AbsorbedLead(taken.getKey(), digests(taken.getValue())))
                                .toList())
                .setMergedInto(life.mergedInto())
                .setCrmIds(life.crmIds())
                .setEraseRequestedAt(life.erasure().requestedAt())
                .setEraseAtOnce(life.erasure().atOnce())
                .setErasedAt(life.erasedAt());
    }

    private static List<FactDigest> digests(Facts facts) {
        return facts.notes().stream().map(FactNote::digest).toList();
    }

    @Override
    public Folded<Lead> restore(LeadState state) {
        return new Folded<>(
                new Lead(
                        state.getLeadId(),
                        state.getSiteId(),
                        state.getCapturedAt(),
                        state.getLastSubmittedAt(),
                        state.getFirstSubmissionId(),
                        engagement(state),
                        state.getScoredSubmittedAt(),
                        life(state)),
                state.getVersion());
    }

    private static LeadLife life(LeadState state) {
        var absorbed = new TreeMap<String, Facts>();
        state.getAbsorbed()
                .forEach(taken -> absorbed.put(taken.getLeadId(), facts(taken.getFacts())));
        return new LeadLife(
                state.getStage(),
                kind(state.getStageKind()),
                new StageDecision(
                        state.getDecidedStage(),
                        kind(state.getDecidedKind()),
                        state.getDecidedAt()),
                state.getAssignee(),
                state.getTeam(),
                state.getContacts(),
                state.getFirstContactAt(),
                facts(state.getFacts()),
                absorbed,
                state.getMergedInto(),
                new TreeMap<>(state.getCrmIds()),
                new Erasure(
                        state.getEraseRequestedAt(), state.getEraseAtOnce(), state.getErasedAt()));
    }

    private static Stage.Kind kind(String word) {
        return Stage.Kind.of(word).orElse(Stage.Kind.OPEN);
    }

    private static Facts facts(List<FactDigest> digests) {
        return new Facts(digests.stream().map(FactNote::of).toList());
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
                        FORMULA_NOT_KEPT,
                        new Judgement(
                                state.getSuspicionScore(),
                                state.getSuspicionReasons(),
                                state.getVpnScore(),
                                state.getVpnSuspected()));
    }
}
