package io.headwater.command.lead;

import io.headwater.command.lead.life.Pipeline;
import io.headwater.command.platform.axon.Decider;
import io.headwater.command.platform.axon.DeciderSpec;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.state.LeadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The decider of leads: one writer per site sees all its identities, so two submissions of one
/// person at the same moment cannot both become a lead.
///
/// in: `lead.commands.v1`, key = site id out: `lead.events.v1` under the same key
final class LeadDecider {

    /// Of what the stores hold; raise it when old content cannot be read any more, and rebuild.
    private static final int STORE_VERSION = 4;

    private LeadDecider() {}

    static Decider<Lead, LeadEvent, LeadState> of(
            SchemaIds ids,
            Duration reengageAfter,
            LeadMetrics metrics,
            NamesOfPeople people,
            Suppressions suppressions) {
        return new Decider<>(
                spec(ids),
                Lead.class,
                LeadEvent.class,
                new LeadStateForm(),
                LeadPublisher::publish,
                scope -> new LeadRules(scope, reengageAfter, metrics, people, suppressions),
                List.of(
                        LeadDesk.IDENTITIES,
                        LeadDesk.DELIVERIES,
                        LeadDesk.QUARANTINE,
                        LeadDesk.WAITING,
                        LeadDesk.WAITING_UNDER,
                        LeadDesk.PERMISSIONS),
                samples());
    }

    private static DeciderSpec spec(SchemaIds ids) {
        return new DeciderSpec(
                "lead",
                STORE_VERSION,
                Topics.LEAD_COMMANDS,
                Topics.LEAD_EVENTS,
                Topics.LEAD_DEAD_LETTERS,
                ids);
    }

    private static List<Object> samples() {
        var submission =
                Submission.newBuilder()
                        .setSubmissionId("warm-up")
                        .setSiteId("warm-up")
                        .setReceiptId("warm-up")
                        .setChannel("api")
                        .setDedupKind("none")
                        .setBodyHash("")
                        .setReceivedAt(Instant.EPOCH)
                        .setSubmittedAt(Instant.EPOCH)
                        .setEmail(PersonalData.of("warm-up"))
                        .build();
        var capture =
                new LeadCommand.Capture(
                        "lead", submission, null, List.of(), Duration.ZERO, Pipeline.STANDARD);
        var engagement = new Engagement(null, 0, "Cold", 0, 0, 0, 1);
        var by = new By("warm-up", Instant.EPOCH, Instant.EPOCH, "system");
        var assign =
                new LeadCommand.Change(
                        "lead", by, Pipeline.STANDARD, new LeadAction.Assign("warm-up", null));
        return List.of(
                capture, capture, new LeadCommand.Score("lead", engagement, Instant.EPOCH), assign);
    }
}
