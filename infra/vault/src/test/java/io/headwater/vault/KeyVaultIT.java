package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.schema.Ids;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class KeyVaultIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Place PLACE = new Place("lakeside", "source:1", "secret:a");
    private static final Owner OWNER = new Owner("source", "1");

    private final TestVault test = TestVault.make();

    private static DataKeys keys(KeyVault vault) {
        return new DataKeys(vault, 16, LONG, LONG);
    }

    private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
        try (var each = Executors.newFixedThreadPool(threads)) {
            var results = new ArrayList<T>();
            for (var one : each.invokeAll(Collections.nCopies(threads, work))) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void anotherProcessOpensWhatOneSealed() {
        var key = test.opened().create(3).get(1);
        var sealed = Envelope.seal("a secret", key, PLACE);

        var found = test.opened().find(sealed.getKid());

        assertThat(Envelope.open(sealed, found, PLACE)).contains("a secret");
    }

    @Test
    void manyMayBeginAtTheSameTime() throws Exception {
        var vaults = together(6, test::opened);

        var key = vaults.getFirst().create(1).getFirst();
        for (var vault : vaults) {
            assertThat(vault.find(key.kid())).isInstanceOf(KeyState.Active.class);
        }
        assertThat(test.count("select count(*) from vault.kek")).isOne();
    }

    @Test
    void whatTheVaultNeverKnewStopsWhoReads() {
        var keys = keys(test.opened());

        assertThatThrownBy(() -> keys.find("never"))
                .isInstanceOf(AbsentKeyException.class)
                .hasMessageContaining("never")
                .hasMessageContaining("backup");
    }

    @Test
    void whatWasGivenUpReadsAsErasedAndNothingElseDoes() {
        var vault = test.opened();
        var before = vault.create(1).getFirst();
        var since = Ids.madeAt(before.kid()).orElseThrow().plusMillis(1);
        await().until(() -> Instant.now().isAfter(since));
        var kept = vault.create(1).getFirst();
        var lost = vault.create(1).getFirst();
        test.sql(
                "delete from vault.data_key where kid in ('%s', '%s')"
                        .formatted(before.kid(), lost.kid()));
        var keys = keys(vault);
        assertThatThrownBy(() -> keys.find(lost.kid())).isInstanceOf(AbsentKeyException.class);

        vault.giveUp(since);

        assertThat(keys.find(lost.kid())).isInstanceOf(KeyState.Erased.class);
        assertThat(keys.findAll(List.of(kept.kid(), lost.kid())))
                .hasEntrySatisfying(
                        kept.kid(), found -> assertThat(found).isInstanceOf(KeyState.Active.class))
                .hasEntrySatisfying(
                        lost.kid(), found -> assertThat(found).isInstanceOf(KeyState.Erased.class));
        assertThatThrownBy(() -> keys.find(before.kid())).isInstanceOf(AbsentKeyException.class);
        assertThatThrownBy(() -> keys.findAll(List.of(kept.kid(), before.kid())))
                .isInstanceOf(AbsentKeyException.class);
        assertThatThrownBy(() -> keys.find("never")).isInstanceOf(AbsentKeyException.class);
        assertThatThrownBy(() -> vault.giveUp(Instant.now().plusSeconds(60)))
                .isInstanceOf(VaultRefusedException.class);
        assertThat(keys(vault).take().kid()).isNotEmpty();
    }

    @Test
    void erasureLeavesAFenceAndNoKey() {
        var keys = keys(test.opened());
        var other = keys(test.opened());
        var key = keys.of(OWNER);
        var sealed = Envelope.seal("a secret", key, PLACE);
        assertThat(keys.find(key.kid())).isInstanceOf(KeyState.Active.class);

        assertThat(keys.erase(OWNER)).isOne();

        assertThat(Envelope.open(sealed, keys.find(key.kid()), PLACE)).isEmpty();
        assertThat(Envelope.open(sealed, other.find(key.kid()), PLACE)).isEmpty();
        assertThatThrownBy(() -> keys.of(OWNER)).isInstanceOf(ErasedSubjectException.class);
        assertThatThrownBy(() -> other.of(OWNER)).isInstanceOf(ErasedSubjectException.class);
        assertThat(keys.erase(OWNER)).isZero();
        assertThat(test.count("select count(*) from vault.data_key where wrapped is null")).isOne();
        assertThat(test.count("select count(*) from vault.erasure where subject = '1'")).isOne();
        assertThatThrownBy(() -> test.sql("delete from vault.erasure"))
                .hasMessageContaining("only grows");
        assertThatThrownBy(() -> test.sql("update vault.erasure set kid = 'x'"))
                .hasMessageContaining("only grows");
    }

    @Test
    void whoReadsInTheOrderOfTheLogAsksOnceForManyKeys() {
        var made = test.opened().create(100);
        var asked = new AtomicInteger();
        var vault = new KeyVault(test.counted(asked), test.file());
        vault.open();
        test.sql(
                "update vault.data_key set state = 'erased', wrapped = null, kek_id = null, erased_at = now() where kid = '%s'"
                        .formatted(made.get(50).kid()));
        var keys = keys(vault);
        asked.set(0);

        for (DataKey key : made) {
            var sealed = Envelope.seal("a secret", key, PLACE);
            var opened = Envelope.open(sealed, keys.find(key.kid()), PLACE);
            assertThat(opened.isEmpty()).isEqualTo(key == made.get(50));
        }

        // The first alone, then its neighbours, and the fence, of which they tell nothing.
        assertThat(asked).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void nobodyReadsAnErasedKeyHoweverCloseToTheErasure() throws Exception {
        var keys = keys(test.opened());
        for (int round = 0; round < 20; round++) {
            var owner = new Owner("source", "race-" + round);
            String kid = keys.of(owner).kid();
            var erased = new AtomicBoolean();
            try (var readers = Executors.newFixedThreadPool(3)) {
                Callable<Boolean> reading =
                        () -> {
                            while (!erased.get()) {
                                keys.find(kid);
                            }
                            return keys.find(kid) instanceof KeyState.Erased;
                        };
                var running = List.of(readers.submit(reading), readers.submit(reading));
                keys.erase(owner);
                erased.set(true);
                for (var one : running) {
                    assertThat(one.get()).isTrue();
                }
            }
        }
    }

    @Test
    void aWrongOrMissingKeyIsRefusedAndNothingIsDamaged() throws Exception {
        var key = test.opened().create(1).getFirst();
        var wrong = KekFile.at(test.kek.resolveSibling("wrong.json").toUri().toString());
        wrong.create();
        var missing = KekFile.at(test.kek.resolveSibling("missing.json").toUri().toString());

        assertThatThrownBy(() -> new KeyVault(test.database(), wrong).open())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("wrong.json")
                .hasMessageContaining("nothing was changed");
        assertThatThrownBy(() -> new KeyVault(test.database(), missing).open())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("missing.json is missing");

        assertThat(test.kek.resolveSibling("missing.json")).doesNotExist();
        assertThat(test.count("select count(*) from vault.kek")).isOne();
        assertThat(test.opened().find(key.kid())).isInstanceOf(KeyState.Active.class);
    }

    @Test
    void anotherKeyUnderTheSameIdIsNotTaken() throws Exception {
        test.opened();
        test.sql("update vault.kek set seal = decode('00', 'hex')");

        assertThatThrownBy(test::opened)
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("another key under the id");
    }

    @Test
    void aDatabaseThatIsAwayIsNoRefusal() {
        var vault = new KeyVault(test.asLongAs(() -> false), test.file());

        assertThatThrownBy(vault::open).isInstanceOf(VaultUnavailableException.class);
        assertThat(Files.exists(test.kek)).isFalse();
    }

    @Test
    void takersGetKeysOfTheirOwn() throws Exception {
        var keys = keys(test.opened());

        var taken =
                together(
                        8,
                        () -> {
                            var mine = new ArrayList<String>();
                            for (int i = 0; i < 50; i++) {
                                mine.add(keys.take().kid());
                            }
                            return mine;
                        });

        var kids = taken.stream().flatMap(List::stream).toList();
        assertThat(kids).hasSize(400).doesNotHaveDuplicates();
        assertThat(test.count("select count(*) from vault.data_key where state = 'active'"))
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void anOwnerHasOneKeyHoweverManyAskAtOnce() throws Exception {
        var one = keys(test.opened());
        var other = keys(test.opened());

        var kids = new HashSet<String>();
        kids.addAll(together(6, () -> one.of(OWNER).kid()));
        kids.addAll(together(6, () -> other.of(OWNER).kid()));

        assertThat(kids).hasSize(1);
        assertThat(one.of(new Owner("source", "2")).kid()).isNotIn(kids);
    }

    @Test
    void spareKeysLastWhileTheVaultIsAwayAndComeBackWithIt() {
        var up = new AtomicBoolean(true);
        var vault = new KeyVault(test.asLongAs(up::get), test.file());
        vault.open();
        var keys = new DataKeys(vault, 4, Duration.ZERO, LONG);
        keys.refillSoon();
        await().atMost(LONG).until(() -> keys.pooled() == 4);

        up.set(false);
        for (int i = 0; i < 4; i++) {
            assertThat(keys.take().kid()).isNotEmpty();
        }
        assertThatThrownBy(keys::take)
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("no data key is left");

        up.set(true);
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(VaultUnavailableException.class)
                .until(() -> !keys.take().kid().isEmpty());
    }

    @Test
    void noOtherRoleReadsTheVault() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        var source = new PGSimpleDataSource();
        source.setUrl(backends.jdbcUrl());
        source.setUser(backends.jdbcVaultUser());
        new KeyVault(source, test.file()).open();

        for (String role :
                List.of(
                        backends.jdbcUser(),
                        backends.jdbcQueryUser(),
                        backends.jdbcCommandUser())) {
            for (String table : List.of("kek", "data_key", "erasure", "flyway_schema_history")) {
                assertThatThrownBy(() ->
                                TestVault.sql(
                                        backends.jdbcUrl(), role, "select * from vault." + table))
                        .as(role + " " + table)
                        .hasMessageContaining("permission denied");
            }
        }
    }
}
