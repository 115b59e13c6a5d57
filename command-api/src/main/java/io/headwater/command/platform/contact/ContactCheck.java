package io.headwater.command.platform.contact;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.result.SentCommands;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.events.lead.CheckContact;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// May the person of a lead be contacted, now and for this purpose? To be asked right before, by
/// whoever is about to, and again for each attempt: a yes is as old as its answer.
///
/// The lead decider answers, in order with everything else that it decides about the site: whatever
/// was withdrawn before the question counts. Without its word there is no yes.
@Component
public final class ContactCheck {

    private static final int LONGEST_LEAD_ID = 100;

    private final SentCommands commands;
    private final AccessDirectory directory;
    private final Duration wait;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ContactCheck(
            SentCommands commands,
            AccessDirectory directory,
            ContactSettings settings,
            Clock clock) {
        this.commands = commands;
        this.directory = directory;
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
        var now = clock.instant();
        var command =
                CheckContact.newBuilder()
                        .setCommandId(Ids.next(now, random))
                        .setSiteId(site.siteId())
                        .setLeadId(leadId)
                        .setPurpose(purpose)
                        .setWithoutConsent(site.settings().contactWithoutConsent())
                        .setRequestedAt(now)
                        .build();
        var result =
                commands.send(
                        command.getCommandId(),
                        new ProducerRecord<String, SpecificRecord>(
                                Topics.LEAD_COMMANDS.name(), site.siteId(), command),
                        wait);
        if (result == null) {
            throw Problems.unconfirmed("Nobody decided in time: that is no yes. Ask again.")
                    .asException();
        }
        if (!result.getAccepted()) {
            throw new Refused(
                    Refused.Reason.UNKNOWN,
                    String.valueOf(result.getCode()),
                    String.valueOf(result.getDetail()));
        }
        return Contactable.of(leadId, purpose, result);
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
