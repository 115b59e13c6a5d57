package io.headwater.command.privacy;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.retention.RetentionRules;
import io.headwater.command.platform.vault.Vault;
import io.headwater.schema.Ids;
import io.headwater.vault.DataKind;
import io.headwater.vault.ReadLog.Position;
import io.headwater.vault.Retention;
import io.headwater.vault.RetentionRuns;
import io.headwater.vault.RetentionRuns.Work;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks once a day for what is over to go, and destroys its keys; recordings are deleted by
/// stream-jobs. All instances do it, one a part.
final class RetentionRunner {

    private static final Logger log = LoggerFactory.getLogger(RetentionRunner.class);
    private static final String ACTOR = "system";

    private final Vault vault;
    private final RetentionRules rules;
    private final AccessDirectory directory;
    private final Supplier<Set<Position>> logEnds;
    private final Clock clock;
    private final String holder = Ids.next(Instant.now(), new SecureRandom());
    private @Nullable Instant asked;
    private @Nullable Work work;
    private Set<Position> awaited = Set.of();

    /// @param logEnds how far there is something to be read now
    RetentionRunner(
            Vault vault,
            RetentionRules rules,
            AccessDirectory directory,
            Supplier<Set<Position>> logEnds,
            Clock clock) {
        this.vault = vault;
        this.rules = rules;
        this.directory = directory;
        this.logEnds = logEnds;
        this.clock = clock;
    }

    /// @throws RuntimeException when Kafka or the vault are away: to be called again
    void round() {
        var runs = vault.retentionRuns();
        askDaily(runs);
        var taken = runs.take(Retention.KINDS, holder).orElse(null);
        if (taken == null) {
            work = null;
            return;
        }
        if (!taken.equals(work)) {
            // else a key that was used just now would seem to be an old one
            awaited = logEnds.get();
            work = taken;
        }
        if (ErasureRunner.reached(vault.erasures().log().positions(), awaited)) {
            carryOut(runs, taken);
            work = null;
        }
    }

    /// The first instance that gets there; after a time without one, once.
    private void askDaily(RetentionRuns runs) {
        var due = rules.lastDue(clock.instant());
        if (due.equals(asked) || !directory.ready()) {
            return;
        }
        String id = "daily-" + due.atOffset(ZoneOffset.UTC).toLocalDate();
        runs.ask(id, due, ACTOR, false, rules(rules, List.of(DataKind.values()), due));
        asked = due;
    }

    static List<RetentionRuns.Rule> rules(
            RetentionRules rules, Collection<DataKind> kinds, Instant at) {
        return kinds.stream().map(kind -> rules.rule(kind, at)).toList();
    }

    private void carryOut(RetentionRuns runs, Work part) {
        var retention = vault.retention();
        if (part.dryRun()) {
            runs.done(part, retention.look(part));
            return;
        }
        var steps = retention.steps(part);
        int keys = 0;
        while (steps.isMore()) {
            var kids = steps.next();
            vault.keys().forget(kids);
            keys += kids.size();
        }
        runs.done(part, List.of());
        if (keys > 0) {
            log.atInfo()
                    .addKeyValue("run", part.runId())
                    .addKeyValue("kind", part.rule().kind().word())
                    .addKeyValue("keys", keys)
                    .log("keys destroyed, their time is over");
            vault.erasures().vacuum();
        }
    }
}
