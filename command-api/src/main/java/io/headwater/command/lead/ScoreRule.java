package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.ScoreLead;
import java.util.Map;

/// Gives a lead the engagement of its visitor's newest session.
final class ScoreRule implements LeadRule<ScoreLead> {

    private final LeadDesk desk;

    ScoreRule(LeadDesk desk) {
        this.desk = desk;
    }

    @Override
    public Class<ScoreLead> command() {
        return ScoreLead.class;
    }

    @Override
    public CommandHeader header(ScoreLead command) {
        return LeadRule.header(
                command.getCommandId(),
                command.getLeadId(),
                command.getSiteId(),
                command.getRequestedAt());
    }

    @Override
    public Answer decide(ScoreLead command, Decision<LeadEvent> decision) {
        // what a machine tells of a merged lead is true of the one that stands for it
        String leadId = desk.survivor(command.getLeadId());
        String outcome =
                desk.decide(
                        new LeadCommand.Score(
                                leadId,
                                new Engagement(
                                        command.getSessionId(),
                                        command.getEngagementScore(),
                                        command.getEngagementLabel(),
                                        command.getSessionDurationSeconds(),
                                        command.getPagesVisited(),
                                        command.getReturnVisits(),
                                        command.getScoreVersion(),
                                        new Judgement(
                                                command.getSuspicionScore(),
                                                command.getSuspicionReasons(),
                                                command.getVpnScore(),
                                                command.getVpnSuspected())),
                                command.getSubmittedAt()));
        return Answer.accepted(outcome, leadId, Map.of("lead_id", leadId));
    }
}
