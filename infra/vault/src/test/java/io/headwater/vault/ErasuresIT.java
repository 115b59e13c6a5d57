package io.headwater.vault;

import static io.headwater.vault.KeyLinks.FACT;
import static io.headwater.vault.KeyLinks.LEAD;
import static io.headwater.vault.KeyLinks.RECEIPT;
import static io.headwater.vault.KeyLinks.SESSION;
import static io.headwater.vault.KeyLinks.SUBMISSION;
import static io.headwater.vault.KeyLinks.SUBMITTER;
import static io.headwater.vault.KeyLinks.VISIT;
import static io.headwater.vault.KeyLinks.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.vault.Erasures.Job;
import io.headwater.vault.Erasures.State;
import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.ReadLog.Asked;
import io.headwater.vault.ReadLog.ElsewhereException;
import io.headwater.vault.ReadLog.Forgotten;
import io.headwater.vault.ReadLog.Learned;
import io.headwater.vault.ReadLog.Move;
import io.headwater.vault.ReadLog.Position;
import io.headwater.vault.ReadLog.Told;
import io.headwater.vault.ReadLog.VisitorForgotten;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasuresIT {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String TOPIC = "lead.events.v1";

    private final TestVault test = TestVault.make();
    private final KeyVault vault = test.opened();
    private final Erasures erasures = new Erasures(test.database());
    private final List<String> kids = vault.create(8).stream().map(DataKey::kid).toList();

    private Link link(String purpose, String subject, int key) {
        return new Link(new Owner(purpose, subject), kids.get(key));
    }

    private static Asked asked(String leadId, Instant at) {
        return new Asked(leadId, "main", "hand", "user:ada", at, false);
    }

    private void learned(Told... told) {
        erasures.log().learn(new Learned(List.of(), Map.of(), List.of(told), Set.of(), List.of()));
    }

    private void linked(Link... links) {
        erasures.log().learn(new Learned(List.of(links), Map.of(), List.of(), Set.of(), List.of()));
    }

    private void requested(String leadId, @Nullable Long from, long next) {
        erasures.log()
                .learn(
                        new Learned(
                                List.of(),
                                Map.of(),
                                List.of(asked(leadId, NOW)),
                                Set.of(new Move(TOPIC, 0, from, next)),
                                List.of()));
    }

    private void forgotten(String leadId) {
        learned(new Forgotten(leadId, "main", "hand", "system", NOW));
    }

    private void visitorForgotten(String visitor, Instant requestedAt) {
        learned(asked(visitor, requestedAt));
        learned(new VisitorForgotten(visitor, requestedAt, requestedAt.plusSeconds(60)));
    }

    private void attributed(String factId, String leadId) {
        erasures.log()
                .learn(
                        new Learned(
                                List.of(),
                                Map.of(new Owner(FACT, factId), new Owner(LEAD, leadId)),
                                List.of(),
                                Set.of(),
                                List.of()));
    }

    private void done(String leadId) {
        forgotten(leadId);
        erasures.destroy(leadId);
        erasures.done(leadId, Erasures.TABLES, 1);
        assertThat(erasures.finish(List.of(Erasures.TABLES))).containsExactly(leadId);
    }

    /// A person who submitted twice from one browser, once in a batch with another person.
    private void twoPeople() {
        linked(
                link(LEAD, "main_a", 0),
                link(SUBMISSION, "s1", 0),
                link(SUBMITTER, "main/v1", 0),
                link(RECEIPT, "r1", 0),
                link(LEAD, "main_a", 1),
                link(SUBMISSION, "s2", 1),
                link(LEAD, "main_b", 2),
                link(SUBMISSION, "s3", 2),
                link(SUBMISSION, "s2", 3),
                link(SUBMISSION, "s3", 3),
                link(RECEIPT, "batch", 3),
                link(VISITOR, "main/v1", 4),
                link(SESSION, "visit", 4),
                link(VISITOR, "main/v2", 5),
                link(FACT, "f1", 6));
    }

    @Test
    void findsWhatIsOfALeadAndNothingOfOthers() {
        twoPeople();
        attributed("f1", "main_a");

        var traces = erasures.traces("main_a");

        assertThat(traces.kids())
                .containsExactlyInAnyOrder(
                        kids.get(0), kids.get(1), kids.get(3), kids.get(4), kids.get(6));
        assertThat(traces.submissions()).containsExactlyInAnyOrder("s1", "s2");
        assertThat(traces.receipts()).containsExactlyInAnyOrder("r1", "batch");
        assertThat(traces.facts()).containsExactly("f1");
        assertThat(traces.sessions()).containsExactly("visit");
    }

    @Test
    void aLeadIsForgottenStepByStepAndEachMayBeRepeated() {
        twoPeople();
        requested("main_a", null, 7);
        requested("main_a", 7L, 7);
        assertThat(erasures.open()).extracting(Job::state).containsExactly(State.REQUESTED);
        assertThat(erasures.log().positions()).containsExactly(new Position(TOPIC, 0, 7));

        forgotten("main_a");
        forgotten("main_a");
        assertThat(erasures.find("main_a").orElseThrow().state()).isEqualTo(State.FORGOTTEN);

        assertThat(erasures.destroy("main_a")).hasSize(4);
        erasures.destroy("main_a");
        erasures.vacuum();
        var destroyed = erasures.find("main_a").orElseThrow();
        assertThat(destroyed.state()).isEqualTo(State.DESTROYED);
        assertThat(destroyed.keys()).isEqualTo(4);
        assertThat(vault.find(kids.get(0))).isInstanceOf(KeyState.Erased.class);
        assertThat(vault.find(kids.get(3))).isInstanceOf(KeyState.Erased.class);
        assertThat(vault.find(kids.get(2))).isInstanceOf(KeyState.Active.class);
        assertThat(vault.find(kids.get(5))).isInstanceOf(KeyState.Active.class);
        assertThat(
                        test.count(
                                "select count(*) from vault.erasure where purpose = 'lead' and subject = 'main_a'"))
                .isEqualTo(4);

        assertThat(erasures.waiting(Erasures.TABLES, Duration.ofHours(1))).isEmpty();
        assertThat(erasures.waiting(Erasures.TABLES, Duration.ZERO)).containsExactly("main_a");
        assertThat(erasures.finish(List.of(Erasures.TABLES))).isEmpty();
        erasures.done("main_a", Erasures.TABLES, 3);
        erasures.done("main_a", Erasures.TABLES, 0);
        assertThat(erasures.waiting(Erasures.TABLES, Duration.ZERO)).isEmpty();
        assertThat(erasures.finish(List.of(Erasures.TABLES))).containsExactly("main_a");
        var done = erasures.newest(10).getFirst();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.steps()).isEqualTo(Map.of(Erasures.TABLES, 3L));
        assertThat(erasures.open()).isEmpty();
    }

    /// A provider that delivers again, an import that is run again.
    @Test
    void whatComesAgainIsForgottenAgain() {
        twoPeople();
        attributed("f1", "main_a");
        done("main_a");

        linked(link(LEAD, "main_b", 5));
        assertThat(erasures.open()).as("another lead").isEmpty();

        linked(link(LEAD, "main_a", 5), link(SUBMISSION, "s4", 5));
        assertThat(erasures.open()).extracting(Job::state).containsExactly(State.FORGOTTEN);
        assertThat(erasures.find("main_a").orElseThrow().steps()).isEmpty();
        done("main_a");
        assertThat(vault.find(kids.get(5))).isInstanceOf(KeyState.Erased.class);

        // a fact that was told again makes no event: its delivery names it
        linked(link(FACT, "f1", 7), link(RECEIPT, "r9", 7));
        assertThat(erasures.open()).extracting(Job::leadId).containsExactly("main_a");
        done("main_a");
        assertThat(vault.find(kids.get(7))).isInstanceOf(KeyState.Erased.class);
        assertThat(erasures.traces("main_a").receipts()).contains("r9");
        assertThat(vault.find(kids.get(2))).isInstanceOf(KeyState.Active.class);
    }

    /// Each instance that takes events of a session has a key of its own for it.
    @Test
    void allKeysOfTheSessionsAreFoundAndTheSessionStaysErased() {
        linked(
                link(LEAD, "main_a", 0),
                link(SUBMITTER, "main/v1", 0),
                link(VISIT, "unstarted", 0),
                link(VISITOR, "main/v1", 1),
                link(SESSION, "visit", 1),
                link(SESSION, "visit", 2),
                link(SESSION, "unstarted", 3),
                link(SESSION, "other", 4),
                link(VISITOR, "main/v2", 4));

        assertThat(erasures.traces("main_a").kids())
                .containsExactlyInAnyOrderElementsOf(kids.subList(0, 4));
        assertThat(erasures.traces("main_a").sessions())
                .containsExactlyInAnyOrder("visit", "unstarted");
        var gone = new ErasedSessions(test.database());
        var all = List.of("visit", "unstarted", "other", "unknown");
        assertThat(gone.among(all)).isEmpty();
        done("main_a");
        assertThat(gone.among(all)).containsExactlyInAnyOrder("visit", "unstarted");

        // it went on, elsewhere
        linked(link(SESSION, "visit", 5), link(SESSION, "other", 6));
        assertThat(erasures.open()).extracting(Job::state).containsExactly(State.FORGOTTEN);
        done("main_a");
        assertThat(vault.find(kids.get(5))).isInstanceOf(KeyState.Erased.class);
        assertThat(vault.find(kids.get(6))).isInstanceOf(KeyState.Active.class);
    }

    /// Who comes back and asks again is forgotten again; the same wish, read again, changes
    /// nothing.
    @Test
    void aVisitorIsForgottenWithoutALead() {
        linked(
                link(VISITOR, "main/v/1", 0),
                link(SESSION, "visit", 0),
                link(SESSION, "visit", 1),
                link(VISITOR, "other/v/1", 2),
                link(VISITOR, "main/v", 3));
        visitorForgotten("main/v/1", NOW);

        var job = erasures.find("main/v/1").orElseThrow();
        assertThat(job.state()).isEqualTo(State.FORGOTTEN);
        assertThat(job.visitorId()).isEqualTo("v/1");
        assertThat(erasures.traces("main/v/1").sessions()).containsExactly("visit");
        assertThat(erasures.destroy("main/v/1"))
                .containsExactlyInAnyOrderElementsOf(kids.subList(0, 2));
        erasures.done("main/v/1", Erasures.TABLES, 1);
        assertThat(erasures.finish(List.of(Erasures.TABLES))).containsExactly("main/v/1");

        linked(link(VISITOR, "main/v/1", 4), link(SESSION, "next", 4));
        visitorForgotten("main/v/1", NOW);
        assertThat(erasures.open()).isEmpty();
        linked(link(SESSION, "visit", 5));
        assertThat(erasures.open()).extracting(Job::leadId).containsExactly("main/v/1");
        erasures.destroy("main/v/1");
        erasures.done("main/v/1", Erasures.TABLES, 1);
        erasures.finish(List.of(Erasures.TABLES));

        var later = NOW.plusSeconds(100);
        learned(asked("main/v/1", later));
        assertThat(erasures.find("main/v/1").orElseThrow().state()).isEqualTo(State.REQUESTED);
        learned(new VisitorForgotten("main/v/1", NOW, later));
        assertThat(erasures.destroy("main/v/1")).as("an older wish").isEmpty();
        visitorForgotten("main/v/1", later);
        var again = erasures.find("main/v/1").orElseThrow();
        assertThat(again.state()).isEqualTo(State.FORGOTTEN);
        assertThat(again.requestedAt()).isEqualTo(later);
        assertThat(again.steps()).isEmpty();
        assertThat(vault.find(kids.get(3))).isInstanceOf(KeyState.Active.class);
    }

    @Test
    void aLeadIsDoneWhenEveryStepIs() {
        twoPeople();
        forgotten("main_a");
        erasures.destroy("main_a");
        erasures.done("main_a", Erasures.TABLES, 1);

        assertThat(erasures.finish(Erasures.STEPS)).isEmpty();
        assertThat(erasures.waiting(Erasures.RECORDINGS, Duration.ZERO)).containsExactly("main_a");
        erasures.done("main_a", Erasures.RECORDINGS, 2);
        assertThat(erasures.finish(Erasures.STEPS)).containsExactly("main_a");
    }

    /// It was merged into one for which somebody asked.
    @Test
    void aLeadThatTheDeciderForgotUnaskedIsForgotten() {
        twoPeople();

        forgotten("main_b");

        assertThat(erasures.open()).extracting(Job::state).containsExactly(State.FORGOTTEN);
        assertThat(erasures.destroy("main_b")).contains(kids.get(2));
    }

    @Test
    void whoReadFromElsewhereNotesNothing() {
        requested("main_b", null, 5);

        for (var from : Arrays.asList(null, 4L)) {
            assertThatThrownBy(() -> requested("main_a", from, 9))
                    .isInstanceOf(ElsewhereException.class);
        }

        assertThat(erasures.log().positions()).containsExactly(new Position(TOPIC, 0, 5));
        assertThat(erasures.find("main_a")).isEmpty();
    }

    @Test
    void aKeyThatWasLostIsFencedAgainstItsBackup(@TempDir Path folder) {
        twoPeople();
        Path older = folder.resolve("older");
        new VaultBackup(vault).write(older);
        test.sql("delete from vault.data_key where kid = '%s'".formatted(kids.get(0)));
        forgotten("main_a");

        erasures.destroy("main_a");
        new VaultBackup(vault).read(older);

        assertThat(vault.find(kids.get(0))).isInstanceOf(KeyState.Erased.class);
        assertThat(vault.find(kids.get(1))).isInstanceOf(KeyState.Erased.class);
    }

    @Test
    void linksAndJobsAreInTheBackup(@TempDir Path folder) {
        twoPeople();
        requested("main_a", null, 7);
        Path file = folder.resolve("backup");
        new VaultBackup(vault).write(file);

        var empty = test.elsewhere();
        new VaultBackup(new KeyVault(empty.database(), empty.file())).read(file);

        var back = new Erasures(empty.database());
        assertThat(back.traces("main_a")).isEqualTo(erasures.traces("main_a"));
        assertThat(back.open()).isEqualTo(erasures.open());
        assertThat(back.log().positions()).isEqualTo(erasures.log().positions());
    }

    /// An older backup may have shown everything again.
    @Test
    void afterARestoreTheTablesAreClearedAgain(@TempDir Path folder) {
        twoPeople();
        done("main_a");
        Path file = folder.resolve("backup");
        new VaultBackup(vault).write(file);

        new VaultBackup(vault).read(file);

        assertThat(erasures.find("main_a").orElseThrow().state()).isEqualTo(State.DESTROYED);
        assertThat(erasures.waiting(Erasures.TABLES, Duration.ZERO)).containsExactly("main_a");
    }
}
