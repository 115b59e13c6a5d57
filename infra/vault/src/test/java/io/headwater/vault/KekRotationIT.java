package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Pii;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KekRotationIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Place PLACE = new Place("lakeside", "source:1", "secret:a");

    /// More than a rotation of a few keys has.
    private static final int MOST_COMMITS = 18;

    private final TestVault test = TestVault.make();

    private static List<Pii> sealed(KeyVault vault, int count) {
        var sealed = new ArrayList<Pii>();
        for (var key : vault.create(count)) {
            sealed.add(Envelope.seal("value of " + key.kid(), key, PLACE));
        }
        return sealed;
    }

    private static void requireOpen(KeyVault vault, Iterable<Pii> sealed) {
        for (var one : sealed) {
            assertThat(Envelope.open(one, vault.find(one.getKid()), PLACE))
                    .contains("value of " + one.getKid());
        }
    }

    private long waiting() {
        return VaultStatus.of(test.opened()).waiting();
    }

    @Test
    void everyKeyIsWrappedAnewAndTheOldOneIsOfNoUse() throws Exception {
        var vault = test.opened();
        var sealed = sealed(vault, 23);
        String before = VaultStatus.of(vault).kekId();
        var old = Files.copy(test.kek, test.kek.resolveSibling("old.json"));

        var done = new KekRotation(vault, 5).run();

        assertThat(done.rewrapped()).isEqualTo(23);
        assertThat(done.resumed()).isFalse();
        assertThat(done.kekId()).isNotEqualTo(before).isEqualTo(VaultStatus.of(vault).kekId());
        assertThat(test.file().read().ids()).containsExactly(done.kekId());
        requireOpen(vault, sealed);
        requireOpen(test.opened(), sealed);
        Files.move(old, test.kek, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(test::opened)
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("older than the last rotation");
    }

    /// From a file in clear to one that a service locks, and back, while keys are in use.
    @Test
    void movesUnderTheLockOfAServiceAndOutAgain() throws Exception {
        var environment = Map.of("HCVAULT_TOKEN", TransitServer.TOKEN);
        try (var service = new TransitServer()) {
            var vault = test.opened();
            var sealed = sealed(vault, 5);
            String clear = Files.readString(test.kek);
            var under = KekFile.at(test.kek.toUri() + "," + service.uri(), environment);

            // what is started with the new setting takes the old file until then
            var running = new KeyVault(test.database(), under);
            running.open();
            new KekRotation(new KeyVault(test.database(), under)).run();

            assertThat(under.lockedBy()).contains(service.uri());
            sealed.addAll(sealed(running, 2));
            requireOpen(running, sealed);
            assertThat(under.read().ids()).doesNotContainAnyElementsOf(Kek.parse(clear).ids());

            var out = KekFile.at(test.kek.toUri() + ",clear," + service.uri(), environment);
            new KekRotation(new KeyVault(test.database(), out)).run();

            assertThat(out.lockedBy()).isEmpty();
            requireOpen(test.opened(), sealed);
        }
    }

    @Test
    void endedAtAnyCommitItGoesOnFromThere() {
        // Flyway's come first, and of these one or the other does it no harm.
        var kills = IntStream.rangeClosed(1, MOST_COMMITS).filter(KekRotationIT::endedAt).boxed();

        // Of the key's change, of each batch, and of the end.
        assertThat(kills).hasSizeGreaterThanOrEqualTo(7).doesNotContain(MOST_COMMITS);
    }

    private static boolean endedAt(int commit) {
        var test = TestVault.make();
        var running = test.opened();
        var sealed = sealed(running, 7);
        String before = VaultStatus.of(running).kekId();
        boolean killed = false;
        try {
            new KekRotation(new KeyVault(test.dyingAtCommit(commit), test.file()), 2).run();
        } catch (VaultUnavailableException gone) {
            killed = true;
        }
        // Whoever runs all the while, and whoever starts now.
        sealed.addAll(sealed(running, 2));
        requireOpen(running, sealed);
        requireOpen(test.opened(), sealed);
        if (killed) {
            new KekRotation(test.opened(), 2).run();
        }
        var status = VaultStatus.of(test.opened());
        assertThat(status.waiting()).isZero();
        assertThat(status.kekId()).isNotEqualTo(before);
        assertThat(test.file().read().ids()).containsExactly(status.kekId());
        requireOpen(running, sealed);
        requireOpen(test.opened(), sealed);
        return killed;
    }

    @Test
    void sealingAndOpeningGoOnMeanwhile() {
        var vault = test.opened();
        var sealed = new ConcurrentLinkedQueue<>(sealed(vault, 200));
        var stop = new AtomicBoolean();
        var keys = new DataKeys(vault, 8, LONG, Duration.ofMillis(1));
        var traffic =
                CompletableFuture.runAsync(() -> {
                    while (!stop.get()) {
                        var key = keys.take();
                        sealed.add(Envelope.seal("value of " + key.kid(), key, PLACE));
                        sealed.stream()
                                .limit(20)
                                .forEach(one ->
                                        assertThat(
                                                        Envelope.open(
                                                                one,
                                                                keys.find(one.getKid()),
                                                                PLACE))
                                                .isPresent());
                    }
                });

        for (int round = 0; round < 4; round++) {
            int before = sealed.size();
            new KekRotation(test.opened(), 7).run();
            await().atMost(LONG)
                    .until(() -> sealed.size() > before || traffic.isCompletedExceptionally());
        }

        stop.set(true);
        traffic.join();
        assertThat(waiting()).isZero();
        requireOpen(vault, sealed);
        requireOpen(test.opened(), sealed);
    }
}
