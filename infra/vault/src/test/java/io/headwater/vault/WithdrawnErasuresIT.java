package io.headwater.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.vault.Erasures.State;
import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.ReadLog.Asked;
import io.headwater.vault.ReadLog.Forgotten;
import io.headwater.vault.ReadLog.Learned;
import io.headwater.vault.ReadLog.Told;
import io.headwater.vault.ReadLog.VisitorForgotten;
import io.headwater.vault.ReadLog.Withdrawn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wishes that are taken back, and made again.
class WithdrawnErasuresIT {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final TestVault test = TestVault.make();
    private final KeyVault vault = test.opened();
    private final Erasures erasures = new Erasures(test.database());
    private final String kid = vault.create(1).getFirst().kid();

    @BeforeEach
    void link() {
        var link = new Link(new Owner(KeyLinks.LEAD, "main_a"), kid);
        erasures.log().learn(new Learned(List.of(link), Map.of(), List.of(), Set.of(), List.of()));
    }

    private static Asked asked(String leadId, Instant at) {
        return new Asked(leadId, "main", "hand", "user:ada", at, false);
    }

    private void learned(Told... told) {
        erasures.log().learn(new Learned(List.of(), Map.of(), List.of(told), Set.of(), List.of()));
    }

    @Test
    void whatWasWithdrawnIsNotForgottenUntilItIsAskedForAgain() {
        var withdrawn = new Withdrawn("main_a", NOW, NOW.plusSeconds(5));
        learned(asked("main_a", NOW), withdrawn);

        var job = erasures.find("main_a").orElseThrow();
        assertThat(job.state()).isEqualTo(State.WITHDRAWN);
        assertThat(job.withdrawnAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(erasures.open()).isEmpty();
        assertThat(erasures.destroy("main_a")).isEmpty();
        assertThat(vault.find(kid)).isInstanceOf(KeyState.Active.class);

        // the log is read again
        learned(asked("main_a", NOW), withdrawn);
        assertThat(erasures.find("main_a")).contains(job);

        var again = new Asked("main_a", "main", "linkedin", "provider:s", NOW.plusSeconds(9), true);
        learned(again, withdrawn);
        job = erasures.open().getFirst();
        assertThat(job.state()).isEqualTo(State.REQUESTED);
        assertThat(job.requestedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(job.atOnce()).isTrue();
        assertThat(job.withdrawnAt()).isNull();
        learned(asked("main_a", NOW), withdrawn, again);
        assertThat(erasures.open()).containsExactly(job);

        learned(new Forgotten("main_a", "main", "hand", "system", NOW));
        learned(new Withdrawn("main_a", NOW.plusSeconds(9), NOW.plusSeconds(20)));
        assertThat(erasures.destroy("main_a")).as("too late").containsExactly(kid);
    }

    /// What the log says first counts, whoever reads it.
    @Test
    void aVisitorsWishIsWithdrawnOrCarriedOutWhicheverIsFirst() {
        var withdrawn = new Withdrawn("main/v", NOW, NOW.plusSeconds(1));
        learned(
                asked("main/v", NOW),
                withdrawn,
                new VisitorForgotten("main/v", NOW, NOW.plusSeconds(1)));
        learned(
                asked("main/w", NOW),
                new VisitorForgotten("main/w", NOW, NOW.plusSeconds(1)),
                new Withdrawn("main/w", NOW, NOW.plusSeconds(99)));

        assertThat(erasures.find("main/v").orElseThrow().state()).isEqualTo(State.WITHDRAWN);
        assertThat(erasures.find("main/w").orElseThrow().state()).isEqualTo(State.FORGOTTEN);
    }

    /// Of a version that knew no withdrawal.
    @Test
    void aBackupWithFewerColumnsIsReadAsWell(@TempDir Path folder) throws Exception {
        learned(asked("main_a", NOW));
        Path file = folder.resolve("backup");
        new VaultBackup(vault).write(file);
        String whole = Files.readString(file);
        String older =
                whole.substring(0, whole.lastIndexOf("\\.\n") + 3).replace("\tf\t\\N\n", "\n");
        assertThat(older).hasSizeLessThan(whole.length() - 66);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(older.getBytes(UTF_8));
        Files.writeString(file, older + HexFormat.of().formatHex(hash) + "\n");

        var empty = test.elsewhere();
        new VaultBackup(new KeyVault(empty.database(), empty.file())).read(file);

        assertThat(new Erasures(empty.database()).open()).isEqualTo(erasures.open());
    }
}
