package io.headwater.command.lead;

import io.headwater.command.lead.life.Pipeline;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import io.headwater.life.FactNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.messaging.commandhandling.annotation.Command;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/// What a lead is asked, once it is known which lead: everything a look-up had to say is in here.
sealed interface LeadCommand {

    String leadId();

    /// @param conflictingLeadId the lead that the phone names while the e-mail names this one
    /// @param waitingFacts facts kept earlier that name this person
    /// @param reengageAfter a later submission than this reopens the conversation
    /// @param pipeline of the site; so below
    @Command(namespace = "lead", name = "CaptureLead", version = "1")
    record Capture(
            @TargetEntityId String leadId,
            Submission submission,
            @Nullable String conflictingLeadId,
            List<FactNote> waitingFacts,
            Duration reengageAfter,
            Pipeline pipeline)
            implements LeadCommand {}

    /// @param waitingFacts facts kept earlier that are about the same: refunds of this payment
    @Command(namespace = "lead", name = "RecordFact", version = "1")
    record RecordFact(
            @TargetEntityId String leadId,
            String commandId,
            ProviderFact fact,
            List<FactNote> waitingFacts,
            Pipeline pipeline)
            implements LeadCommand {}

    /// @param submittedAt received time of the submission scored for
    @Command(namespace = "lead", name = "ScoreLead", version = "1")
    record Score(@TargetEntityId String leadId, Engagement engagement, Instant submittedAt)
            implements LeadCommand {}

    @Command(namespace = "lead", name = "ChangeLead", version = "1")
    record Change(@TargetEntityId String leadId, By by, Pipeline pipeline, LeadAction action)
            implements LeadCommand {}
}
