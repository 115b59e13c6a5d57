package io.headwater.command.privacy;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Pipelines;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.vault.Vault;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.ForgetLead;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import io.headwater.vault.Erasures;
import io.headwater.vault.Erasures.Job;
import io.headwater.vault.ReadLog.Position;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes those who asked to be forgotten from step to step.
///
/// - requested: the decider is told to forget, so that nothing that comes later is theirs;
/// - forgotten: when everything that was written until then was read, their keys are destroyed;
/// - destroyed: others clear what they have ([Erasures#STEPS]); when all have, it is done.
///
/// Every instance may run it: each step asks for what is so already.
final class ErasureRunner {

    private static final Logger log = LoggerFactory.getLogger(ErasureRunner.class);

    /// A command may be lost with the broker that had it, or refused while the decider's state is
    /// made anew; asked twice, the second changes nothing.
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private static final String ACTOR = "system";

    private final Vault vault;
    private final AccessDirectory directory;
    private final IntakeLog commands;
    private final Supplier<Set<Position>> logEnds;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> asked = new HashMap<>();
    private final Map<String, Set<Position>> awaited = new HashMap<>();

    /// @param logEnds where the log that keys are read from ends, by committed records
    ErasureRunner(
            Vault vault,
            AccessDirectory directory,
            IntakeLog commands,
            Supplier<Set<Position>> logEnds,
            Clock clock) {
        this.vault = vault;
        this.directory = directory;
        this.commands = commands;
        this.logEnds = logEnds;
        this.clock = clock;
    }

    /// Does what can be done now.
    ///
    /// @throws RuntimeException when Kafka or the vault are away: to be called again
    void round() {
        var erasures = vault.erasures();
        for (String leadId : erasures.finish(Erasures.STEPS)) {
            log.atInfo().addKeyValue("lead", leadId).log("erased");
        }
        var open = erasures.open();
        var still = open.stream().map(Job::leadId).toList();
        asked.keySet().retainAll(still);
        awaited.keySet().retainAll(still);
        RuntimeException fault = null;
        for (var job : open) {
            try {
                goOn(erasures, job);
            } catch (RuntimeException failed) {
                // the others go on
                fault = failed;
            }
        }
        if (fault != null) {
            throw fault;
        }
    }

    private void goOn(Erasures erasures, Job job) {
        switch (job.state()) {
            case REQUESTED -> ask(job);
            case FORGOTTEN -> destroy(erasures, job);
            case DESTROYED, DONE -> {
                // others are at it
            }
        }
    }

    private void ask(Job job) {
        var now = clock.instant();
        var before = asked.get(job.leadId());
        if (!directory.ready() || (before != null && now.isBefore(before.plus(ASK_AGAIN)))) {
            return;
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
                        .setForget(new ForgetLead(job.cause()))
                        .build();
        commands.append(
                        List.of(
                                new ProducerRecord<String, SpecificRecord>(
                                        Topics.LEAD_COMMANDS.name(), job.siteId(), command)))
                .join();
        asked.put(job.leadId(), now);
    }

    private void destroy(Erasures erasures, Job job) {
        var ends = awaited.computeIfAbsent(job.leadId(), _ -> logEnds.get());
        if (!reached(erasures.log().positions(), ends)) {
            return;
        }
        var kids = erasures.destroy(job.leadId());
        vault.keys().forget(kids);
        // when more turns up, the log is read anew to where it ends then
        awaited.remove(job.leadId());
        log.atInfo()
                .addKeyValue("lead", job.leadId())
                .addKeyValue("keys", kids.size())
                .log("keys destroyed");
        erasures.vacuum();
    }

    static boolean reached(Set<Position> positions, Set<Position> ends) {
        return ends.stream()
                .allMatch(end ->
                        end.next() == 0
                                || positions.stream()
                                        .anyMatch(at ->
                                                at.topic().equals(end.topic())
                                                        && at.partition() == end.partition()
                                                        && at.next() >= end.next()));
    }
}
