package io.headwater.command.privacy;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Pipelines;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.vault.ErasureSettings;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.ForgetLead;
import io.headwater.events.privacy.VisitorErased;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import io.headwater.vault.Erasures.Job;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Has those forgotten whose wish can be withdrawn no more: the decider is told to forget a lead;
/// of a visitor it is said in the log. Which came first, this or a withdrawal, the log decides.
final class DueWishes {

    /// A command may be lost with the broker that had it, or refused while the decider's state is
    /// made anew; asked twice, the second changes nothing.
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private static final String ACTOR = "system";

    private final AccessDirectory directory;
    private final IntakeLog log;
    private final ErasureSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /// Of leads and visitors: for which wish it was said last, and when.
    private final Map<String, Said> said = new HashMap<>();

    private record Said(Instant wish, Instant at) {}

    DueWishes(AccessDirectory directory, IntakeLog log, ErasureSettings settings, Clock clock) {
        this.directory = directory;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    void keepOnly(Collection<String> subjects) {
        said.keySet().retainAll(subjects);
    }

    /// @throws RuntimeException when Kafka is away
    void goOn(Job job) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (now.isBefore(settings.forgetsAt(job.requestedAt(), job.atOnce()))
                || wasSaid(job, now)) {
            return;
        }
        var record = job.visitorId() == null ? forget(job, now) : erased(job, now);
        if (record != null) {
            log.append(List.of(record)).join();
            said.put(job.leadId(), new Said(job.requestedAt(), now));
        }
    }

    private boolean wasSaid(Job job, Instant now) {
        var before = said.get(job.leadId());
        return before != null
                && before.wish().equals(job.requestedAt())
                && now.isBefore(before.at().plus(ASK_AGAIN));
    }

    /// @return null until the pipelines of the sites are known
    private @Nullable ProducerRecord<String, SpecificRecord> forget(Job job, Instant now) {
        if (!directory.ready()) {
            return null;
        }
        var command =
                ChangeLead.newBuilder()
                        // a new one each time: what was refused stays refused
                        .setCommandId(Ids.next(now, random))
                        .setSiteId(job.siteId())
                        .setLeadId(job.leadId())
                        .setActor(ACTOR)
                        .setMachine(true)
                        .setPipeline(Pipelines.of(directory, job.siteId()))
                        .setRequestedAt(now)
                        .setForget(new ForgetLead(job.cause(), job.requestedAt()))
                        .build();
        return new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), job.siteId(), command);
    }

    private static ProducerRecord<String, SpecificRecord> erased(Job job, Instant now) {
        return new ProducerRecord<>(
                Topics.PRIVACY_EVENTS.name(),
                job.leadId(),
                new VisitorErased(
                        job.siteId(),
                        String.valueOf(job.visitorId()),
                        job.requestedAt(),
                        ACTOR,
                        now));
    }
}
