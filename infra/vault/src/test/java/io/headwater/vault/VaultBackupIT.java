package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultBackupIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Place PLACE = new Place("lakeside", "source:1", "secret:a");
    private static final Owner KEPT = new Owner("source", "kept\tfor ever \\");
    private static final Owner ERASED = new Owner("source", "erased");

    @TempDir private Path folder;
    private final TestVault test = TestVault.make();

    private static DataKeys keys(KeyVault vault) {
        return new DataKeys(vault, 4, LONG, LONG);
    }

    @Test
    void aLostVaultComesBack() throws Exception {
        var keys = keys(test.opened());
        var sealed = Envelope.seal("a secret", keys.of(KEPT), PLACE);
        var gone = Envelope.seal("another", keys.of(ERASED), PLACE);
        keys.erase(ERASED);
        Path file = folder.resolve("vault.backup");
        new VaultBackup(test.opened()).write(file);

        var empty = test.elsewhere();
        new VaultBackup(new KeyVault(empty.database(), empty.file())).read(file);

        var back = empty.opened();
        assertThat(Envelope.open(sealed, back.find(sealed.getKid()), PLACE)).contains("a secret");
        assertThat(Envelope.open(gone, back.find(gone.getKid()), PLACE)).isEmpty();
        assertThat(keys(back).of(KEPT).kid()).isEqualTo(sealed.getKid());
        assertThatThrownBy(() -> keys(back).of(ERASED)).isInstanceOf(ErasedSubjectException.class);
        assertThat(VaultStatus.of(back).erased()).isOne();
        assertThat(VaultStatus.of(back).kekId()).isEqualTo(VaultStatus.of(test.opened()).kekId());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatWasErasedStaysSoWhicheverIsOlder() {
        var vault = test.opened();
        var keys = keys(vault);
        keys.of(ERASED);
        keys.of(KEPT);
        Path older = folder.resolve("older");
        new VaultBackup(vault).write(older);
        keys.erase(ERASED);
        Path newer = folder.resolve("newer");
        new VaultBackup(vault).write(newer);

        var nothing = new VaultBackup(vault).read(older);
        assertThat(nothing.active()).isZero();
        assertThat(nothing.fenced()).isZero();
        assertThat(VaultStatus.of(vault).erased()).isOne();

        var late = test.elsewhere();
        var backup = new VaultBackup(new KeyVault(late.database(), late.file()));
        assertThat(backup.read(older).active()).isPositive();
        assertThat(backup.read(newer).fenced()).isOne();
        assertThatThrownBy(() -> keys(late.opened()).of(ERASED))
                .isInstanceOf(ErasedSubjectException.class);
        assertThat(keys(late.opened()).of(KEPT).kid()).isEqualTo(keys.of(KEPT).kid());
    }

    @Test
    void aBrokenFileAndAWrongKeyAreRefused() throws Exception {
        var vault = test.opened();
        keys(vault).of(KEPT);
        Path file = folder.resolve("vault.backup");
        new VaultBackup(vault).write(file);
        String whole = Files.readString(file);
        Path half = Files.writeString(folder.resolve("half"), whole.substring(0, 200));
        Path changed =
                Files.writeString(folder.resolve("changed"), whole.replace("active", "actIve"));
        var other = TestVault.make();
        other.opened();

        for (Path broken : List.of(half, changed, folder.resolve("none"))) {
            assertThatThrownBy(() -> new VaultBackup(vault).read(broken))
                    .isInstanceOf(VaultRefusedException.class);
        }
        assertThatThrownBy(() -> new VaultBackup(other.opened()).read(file))
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(VaultStatus.of(other.opened()).active()).isZero();
    }

    @Test
    void theCommandsSayWhatTheyDid() {
        keys(test.opened()).of(KEPT);
        String file = folder.resolve("vault.backup").toString();
        var environment = Map.of("VAULT_URL", test.url, "VAULT_KEK", test.kek.toUri().toString());

        assertThat(run(environment, "status"))
                .startsWith("0 key-encryption key")
                .contains("erased 0");
        assertThat(run(environment, "rotate")).startsWith("0 ").contains("wrapped anew");
        assertThat(run(environment, "backup", file)).startsWith("0 ").contains(file);
        assertThat(run(environment, "restore", file)).startsWith("0 0 keys are back");
        assertThat(run(environment, "restore", file))
                .contains("newest key in the file was made at");
        assertThat(run(environment, "give-up", "2026-01-31T12:00:00Z"))
                .startsWith("0 keys that were made since 2026-01-31T12:00:00Z");
        assertThat(run(environment, "give-up", "yesterday")).startsWith("1 headwater: yesterday");
        assertThat(run(environment, "backup")).startsWith("1 headwater: keys what?");
        assertThat(run(environment, "erase")).startsWith("1 headwater: unknown command");
        assertThat(run(Map.of(), "status")).startsWith("1 headwater: set VAULT_URL");
    }

    private static String run(Map<String, String> environment, String... words) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = VaultMain.run(List.of(words), environment, out, out);
        return status + " " + said.toString(StandardCharsets.UTF_8);
    }
}
