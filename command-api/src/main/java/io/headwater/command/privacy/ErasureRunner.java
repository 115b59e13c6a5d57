package io.headwater.command.privacy;

import io.headwater.command.platform.vault.Vault;
import io.headwater.vault.Erasures;
import io.headwater.vault.Erasures.Job;
import io.headwater.vault.ReadLog.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes those who asked to be forgotten from step to step.
///
/// - requested: when it can be withdrawn no more, the decider is told to forget, so that nothing
///   that comes later is theirs ([DueWishes]);
/// - forgotten: when everything that was written until then was read, their keys are destroyed;
/// - destroyed: others clear what they have ([Erasures#STEPS]); when all have, it is done.
///
/// Every instance may run it: each step asks for what is so already.
final class ErasureRunner {

    private static final Logger log = LoggerFactory.getLogger(ErasureRunner.class);

    private final Vault vault;
    private final DueWishes wishes;
    private final Supplier<Set<Position>> logEnds;
    private final Map<String, Set<Position>> awaited = new HashMap<>();

    /// @param logEnds where the log that keys are read from ends, by committed records
    ErasureRunner(Vault vault, DueWishes wishes, Supplier<Set<Position>> logEnds) {
        this.vault = vault;
        this.wishes = wishes;
        this.logEnds = logEnds;
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
        wishes.keepOnly(still);
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
            case REQUESTED -> wishes.goOn(job);
            case FORGOTTEN -> destroy(erasures, job);
            case WITHDRAWN, DESTROYED, DONE -> {
                // nothing is to be done here
            }
        }
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
