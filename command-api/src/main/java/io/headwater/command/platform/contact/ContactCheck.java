package io.headwater.command.platform.contact;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.result.SentCommands;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CheckContact;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// May the person of a lead be contacted, now and for this purpose? To be asked right before, by
/// whoever is about to, and again for each attempt: a yes is as old as its answer.
///
/// The lead decider answers, in order with everything else that it decides about the site: whatever
/// was withdrawn before the question counts, and whoever was put on a list. Without its word there
/// is no yes.
@Component
public final class ContactCheck {

    private static final int LONGEST_LEAD_ID = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

    private final SentCommands commands;
    private final AccessDirectory directory;
    private final KafkaSuppressions suppressions;
    private final Duration wait;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ContactCheck(
            SentCommands commands,
            AccessDirectory directory,
            KafkaSuppressions suppressions,
            ContactSettings settings,
            Clock clock) {
        this.commands = commands;
        this.directory = directory;
        this.suppressions = suppressions;
        this.wait = settings.decisionWait();
        this.clock = clock;
    }

    /// @param leadId of a lead that was merged into another one: the person is meant
    /// @param purpose one, as [Purposes] names it
    /// @throws Refused when there is no such lead
    /// @throws io.headwater.command.platform.web.ProblemException 503 when nobody decided in time
    /// @throws io.headwater.command.platform.kafka.LogUnavailableException when nobody could be
    ///   asked
    public Contactable of(String leadId, String purpose) {
        var site = site(leadId);
        // before the question: what was put on a list until now counts
        var until = suppressions.end();
        var deadline = clock.instant().plus(wait);
        var pause = FIRST_PAUSE;
        while (true) {
            var result = ask(site, leadId, purpose, until, deadline);
            if (result.getAccepted()) {
                return Contactable.of(leadId, purpose, result);
            }
            if (!Contactable.BEHIND.equals(result.getCode())) {
                throw new Refused(
                        Refused.Reason.UNKNOWN,
                        String.valueOf(result.getCode()),
                        String.valueOf(result.getDetail()));
            }
            pause(pause, deadline);
            pause = pause.multipliedBy(2);
        }
    }

    private CommandResult ask(
            SiteConfig site,
            String leadId,
            String purpose,
            Map<String, Long> until,
            Instant deadline) {
        var now = clock.instant();
        var command =
                CheckContact.newBuilder()
                        .setCommandId(Ids.next(now, random))
                        .setSiteId(site.siteId())
                        .setLeadId(leadId)
                        .setPurpose(purpose)
                        .setWithoutConsent(site.settings().contactWithoutConsent())
                        .setSuppressedUntil(until)
                        .setRequestedAt(now)
                        .build();
        var result =
                commands.send(
                        command.getCommandId(),
                        new ProducerRecord<String, SpecificRecord>(
                                Topics.LEAD_COMMANDS.name(), site.siteId(), command),
                        Duration.between(now, deadline));
        if (result == null) {
            throw undecided();
        }
        return result;
    }

    /// The instance that decides reads the lists a moment later than they were written.
    private void pause(Duration pause, Instant deadline) {
        if (clock.instant().plus(pause).isAfter(deadline)) {
            throw undecided();
        }
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw undecided();
        }
    }

    private static RuntimeException undecided() {
        return Problems.unconfirmed("Nobody decided in time: that is no yes. Ask again.")
                .asException();
    }

    private SiteConfig site(String leadId) {
        if (!directory.ready()) {
            throw ProblemType.NOT_READY.with("Sites are still being read.").asException();
        }
        int end = leadId.length() > LONGEST_LEAD_ID ? -1 : leadId.lastIndexOf('_');
        return directory
                .siteById(end < 0 ? "" : leadId.substring(0, end))
                .orElseThrow(() ->
                        new Refused(
                                Refused.Reason.UNKNOWN,
                                "unknown-lead",
                                "There is no lead with this id."));
    }
}
