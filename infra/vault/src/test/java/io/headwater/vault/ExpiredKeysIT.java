package io.headwater.vault;

import static io.headwater.vault.KeyLinks.FACT;
import static io.headwater.vault.KeyLinks.LEAD;
import static io.headwater.vault.KeyLinks.RECEIPT;
import static io.headwater.vault.KeyLinks.SESSION;
import static io.headwater.vault.KeyLinks.SUBMISSION;
import static io.headwater.vault.KeyLinks.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.KeyUse.Kind;
import io.headwater.vault.ReadLog.Learned;
import io.headwater.vault.RetentionRuns.Found;
import io.headwater.vault.RetentionRuns.LostPartException;
import io.headwater.vault.RetentionRuns.Rule;
import io.headwater.vault.RetentionRuns.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiredKeysIT {

    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");
    private static final Instant OLD = NOW.minus(Duration.ofDays(100));
    private static final Instant CUTOFF = NOW.minus(Duration.ofDays(30));

    private final TestVault test = TestVault.make();
    private final KeyVault vault = test.opened();
    private final Erasures erasures = new Erasures(test.database());
    private final RetentionRuns runs = new RetentionRuns(test.database());
    private final Retention retention = new Retention(test.database());
    private final List<String> kids = vault.create(20).stream().map(DataKey::kid).toList();
    private int number;

    /// @param owners `purpose:subject`
    private void used(int key, Kind kind, String site, Instant at, String... owners) {
        var links = new ArrayList<Link>();
        for (String owner : owners) {
            int colon = owner.indexOf(':');
            links.add(
                    new Link(
                            new Owner(owner.substring(0, colon), owner.substring(colon + 1)),
                            kids.get(key)));
        }
        erasures.log()
                .learn(
                        new Learned(
                                links,
                                Map.of(),
                                List.of(),
                                Set.of(),
                                List.of(KeyUse.of(kids.get(key), kind, site, at))));
    }

    private static Rule rule(DataKind kind) {
        return new Rule(kind, CUTOFF, Map.of());
    }

    private Work work(boolean dryRun, Rule rule) {
        String id = "run-" + ++number;
        runs.ask(id, NOW, "user:ada", dryRun, List.of(rule));
        return runs.take(List.of(rule.kind()), "me").orElseThrow();
    }

    private Collection<Found> look(Rule rule) {
        var work = work(true, rule);
        var found = List.copyOf(retention.look(work));
        runs.done(work, found);
        return found;
    }

    /// @return what it noted
    private List<Found> destroy(Rule rule) {
        var work = work(false, rule);
        var steps = retention.steps(work);
        while (steps.isMore()) {
            steps.next();
        }
        runs.done(work, List.of());
        return runs.find(work.runId()).orElseThrow().parts().getFirst().found();
    }

    private List<Integer> destroyed() {
        var gone = new ArrayList<Integer>();
        for (int key = 0; key < kids.size(); key++) {
            if (vault.find(kids.get(key)) instanceof KeyState.Erased) {
                gone.add(key);
            }
        }
        return gone;
    }

    private void somethingOfEverything() {
        used(0, Kind.LEADS, "main", OLD, LEAD + ":main_a", SUBMISSION + ":s0", RECEIPT + ":r0");
        used(1, Kind.SUBMISSIONS, "main", OLD, SUBMISSION + ":blocked");
        used(2, Kind.SUBMISSIONS, "main", NOW, SUBMISSION + ":blocked-now");
        used(
                3,
                Kind.BODIES,
                "main",
                OLD,
                RECEIPT + ":batch",
                SUBMISSION + ":s0",
                SUBMISSION + ":x");
        used(4, Kind.BODIES, "", NOW, RECEIPT + ":today");
        used(5, Kind.SESSIONS, "main", OLD, SESSION + ":visit", VISITOR + ":main/v1");
        used(6, Kind.SESSIONS, "", OLD, SESSION + ":visit");
        used(7, Kind.SESSIONS, "main", OLD, SESSION + ":goes-on", VISITOR + ":main/v2");
        used(8, Kind.SESSIONS, "", NOW, SESSION + ":goes-on");
        used(9, Kind.FACTS, "main", OLD, FACT + ":waits");
        used(10, Kind.FACTS, "main", OLD, FACT + ":found", LEAD + ":main_a");
        // quarantined, then released
        used(11, Kind.SUBMISSIONS, "main", OLD, SUBMISSION + ":released");
        used(11, Kind.LEADS, "main", OLD, SUBMISSION + ":released", LEAD + ":main_b");
        // an edit of it has a key of its own
        used(12, Kind.SUBMISSIONS, "main", OLD, SUBMISSION + ":released");
        used(13, Kind.SESSIONS, "other", OLD, SESSION + ":elsewhere", VISITOR + ":other/v1");
    }

    @Test
    void aDryRunChangesNothingAndTellsWhatGoes() {
        somethingOfEverything();
        var first = OLD;
        var last = OLD.plus(Duration.ofHours(1));
        var expected =
                Map.of(
                        DataKind.BODIES, List.of(3),
                        DataKind.SUBMISSIONS, List.of(1),
                        DataKind.FACTS, List.of(9),
                        DataKind.SESSIONS, List.of(5, 6, 13));
        var all = new ArrayList<Integer>();
        for (var kind : List.of(DataKind.BODIES, DataKind.SUBMISSIONS, DataKind.FACTS)) {
            var told = look(rule(kind));
            assertThat(told).containsExactly(new Found("main", 1, 1, 0, 0, first, last));
            assertThat(destroyed()).containsExactlyInAnyOrderElementsOf(all);

            assertThat(destroy(rule(kind))).containsExactlyElementsOf(told);
            all.addAll(expected.getOrDefault(kind, List.of()));
            assertThat(destroyed()).containsExactlyInAnyOrderElementsOf(all);

            assertThat(look(rule(kind))).as("again").isEmpty();
            assertThat(destroy(rule(kind))).isEmpty();
        }
        var sessions = look(rule(DataKind.SESSIONS));
        assertThat(sessions)
                .containsExactly(
                        new Found("main", 1, 2, 0, 0, first, last),
                        new Found("other", 1, 1, 0, 0, first, last));
        assertThat(destroy(rule(DataKind.SESSIONS))).containsExactlyElementsOf(sessions);
        all.addAll(List.of(5, 6, 13));
        assertThat(destroyed()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(
                        test.count(
                                "select count(*) from vault.erasure where purpose = 'retention' and subject = 'sessions'"))
                .isEqualTo(3);
    }

    @Test
    void aSiteMayHaveARuleOfItsOwn() {
        somethingOfEverything();
        var own = new HashMap<String, @Nullable Instant>();
        own.put("main", null);

        assertThat(look(new Rule(DataKind.SESSIONS, CUTOFF, own)))
                .extracting(Found::siteId)
                .containsExactly("other");
        own.put("main", CUTOFF);
        assertThat(destroy(new Rule(DataKind.SESSIONS, null, own)))
                .extracting(Found::siteId, Found::keys)
                .containsExactly(tuple("main", 2L));
        assertThat(destroyed()).containsExactly(5, 6);
    }

    /// The same hands that clear those who are forgotten.
    @Test
    void whatWentIsAJobForTablesAndRecordings() {
        somethingOfEverything();
        destroy(rule(DataKind.SESSIONS));

        assertThat(erasures.newest(10)).as("nobody asked").isEmpty();
        var jobs = erasures.waiting(Erasures.TABLES, Duration.ZERO);
        assertThat(jobs).hasSize(1);
        var traces = erasures.traces(jobs.getFirst());
        assertThat(traces.sessions()).containsExactlyInAnyOrder("visit", "elsewhere");
        assertThat(traces.submissions()).isEmpty();
        assertThat(erasures.waiting(Erasures.RECORDINGS, Duration.ZERO)).isEqualTo(jobs);
        assertThat(new ErasedSessions(test.database()).among(List.of("visit", "goes-on")))
                .containsExactly("visit");

        assertThat(runs.last(false).orElseThrow().isDone()).isFalse();
        erasures.done(jobs.getFirst(), Erasures.TABLES, 3);
        erasures.done(jobs.getFirst(), Erasures.RECORDINGS, 7);
        erasures.finish(Erasures.STEPS);
        var run = runs.last(false).orElseThrow();
        assertThat(run.isDone()).isTrue();
        assertThat(run.rows()).isEqualTo(3);
        assertThat(run.objects()).isEqualTo(7);
        assertThat(runs.last(true)).isEmpty();
    }

    @Test
    void keysThatNothingWasSealedWithGo() throws Exception {
        somethingOfEverything();
        vault.assign(new DataKey(kids.get(15), new byte[DataKey.BYTES]), new Owner("source", "a"));
        test.sql(
                "update vault.data_key set created_at = '2026-01-01T00:00:00Z' where kid <> '"
                        + kids.get(16)
                        + "'");

        var told = look(rule(DataKind.UNUSED_KEYS));
        var made = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(told).containsExactly(new Found("", 0, 4, 0, 0, made, made));
        assertThat(destroy(rule(DataKind.UNUSED_KEYS))).containsExactlyElementsOf(told);
        assertThat(destroyed()).containsExactly(14, 17, 18, 19);
        assertThat(destroy(rule(DataKind.UNUSED_KEYS))).isEmpty();
    }

    /// Many more than fit in one step, and whoever does it dies in the middle.
    @Test
    void stepsGoOnWhereOneDied() {
        int many = 2_500;
        test.sql(
                """
                insert into vault.data_key (kid, state, wrapped, kek_id)
                select 'k' || lpad(i::text, 5, '0'), 'active', '\\x00', (select kek_id from vault.kek)
                from generate_series(1, %1$d) i;
                insert into vault.link select 'session', 's' || (i / 2), 'k' || lpad(i::text, 5, '0')
                from generate_series(1, %1$d) i;
                insert into vault.key_use select 'k' || lpad(i::text, 5, '0'), 'sessions', 'main', '2026-01-01', '2026-01-01'
                from generate_series(1, %1$d) i;
                """
                        .formatted(many));
        var rule = rule(DataKind.SESSIONS);
        var told = look(rule);
        assertThat(told)
                .extracting(Found::things, Found::keys)
                .containsExactly(tuple(many / 2 + 1L, (long) many));

        var work = work(false, rule);
        var steps = retention.steps(work);
        assertThat(steps.next()).hasSize(1_000);
        assertThat(runs.take(Retention.KINDS, "another")).as("held").isEmpty();
        // it was frozen for long
        test.sql("update vault.retention_part set held_until = now() - interval '1 second'");
        var others = runs.take(Retention.KINDS, "another").orElseThrow();
        assertThatThrownBy(steps::next).isInstanceOf(LostPartException.class);
        assertThatThrownBy(() -> runs.add(work, List.of())).isInstanceOf(LostPartException.class);
        var rest = retention.steps(others);
        assertThat(rest.next()).hasSize(1_000);
        assertThat(rest.next()).hasSize(500);
        assertThat(rest.isMore()).isFalse();
        runs.done(others, List.of());

        assertThat(runs.find(work.runId()).orElseThrow().parts().getFirst().found())
                .containsExactlyElementsOf(told);
    }

    @Test
    void aRunIsAskedForOnceAndDoesNothingWhereNothingGoes() {
        var keep = new Rule(DataKind.BODIES, null, Map.of());
        assertThat(runs.ask("daily", NOW, "retention", false, List.of(keep))).isTrue();
        assertThat(runs.ask("daily", NOW, "retention", false, List.of(keep))).isFalse();

        assertThat(runs.take(Retention.KINDS, "me")).isEmpty();
        assertThat(runs.find("daily").orElseThrow().isDone()).isTrue();
        assertThat(runs.find("another")).isEmpty();
    }

    @Test
    void aRestoredVaultClearsWhatWasCleared(@TempDir Path folder) {
        somethingOfEverything();
        destroy(rule(DataKind.SUBMISSIONS));
        var file = folder.resolve("vault");
        new VaultBackup(vault).write(file);

        var other = test.elsewhere();
        new VaultBackup(new KeyVault(other.database(), other.file())).read(file);

        var restored = new Erasures(other.database());
        var job = restored.waiting(Erasures.TABLES, Duration.ZERO).getFirst();
        assertThat(restored.traces(job).submissions()).containsExactly("blocked");
        assertThat(other.count("select count(*) from vault.key_use")).isEqualTo(14);
    }

    /// Keys of a vault that knew nothing of their use.
    @Test
    void keysFromBeforeAreTakenForWhatTheyAreLinkedTo() {
        somethingOfEverything();
        test.sql(
                "drop table vault.key_use, vault.expired, vault.retention_found, vault.retention_part, vault.retention_run");
        test.sql("delete from vault.flyway_schema_history where version = '007'");

        vault.migrate();

        assertThat(
                        test.count(
                                "select count(*) from vault.key_use where last_at > now() - interval '1 minute'"))
                .isEqualTo(14);
        for (var kind :
                Map.of("leads", 3, "submissions", 3, "bodies", 2, "facts", 1, "sessions", 5)
                        .entrySet()) {
            assertThat(
                            test.count(
                                    "select count(*) from vault.key_use where kind = '%s'"
                                            .formatted(kind.getKey())))
                    .as(kind.getKey())
                    .isEqualTo((long) kind.getValue());
        }
        assertThat(test.count("select count(*) from vault.key_use where site_id = 'other'"))
                .isEqualTo(1);
    }
}
