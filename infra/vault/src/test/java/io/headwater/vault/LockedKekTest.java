package io.headwater.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The file of key-encryption keys under the lock of a service.
class LockedKekTest {

    private static final byte[] MATERIAL = "material".getBytes(UTF_8);
    private static final byte[] NAME = "key/1".getBytes(UTF_8);
    private static final Map<String, String> TOKEN = Map.of("HCVAULT_TOKEN", TransitServer.TOKEN);

    @TempDir private Path folder;

    private final TransitServer service = new TransitServer();

    @AfterEach
    void stop() {
        service.close();
    }

    private Path path() {
        return folder.resolve("vault/kek.json");
    }

    private KekFile file(String locks, Map<String, String> environment) {
        return KekFile.at(path().toUri() + locks, environment);
    }

    private KekFile locked() {
        return file("," + service.uri(), TOKEN);
    }

    @Test
    void isLockedFromTheBeginningAndOpensByTheServiceOnly() throws Exception {
        var made = locked().create();
        byte[] wrapped = made.wrap(made.primary(), MATERIAL, NAME);

        var read = locked().read();

        assertThat(read.unwrap(read.primary(), wrapped, NAME)).isEqualTo(MATERIAL);
        assertThat(locked().lockedBy()).contains(service.uri());
        assertThat(service.asked)
                .contains(
                        "POST /v1/transit/encrypt/headwater", "POST /v1/transit/decrypt/headwater");
        String text = Files.readString(path());
        assertThat(text).contains("encryptedKeyset").doesNotContain("\"keyData\"", "\"value\"");
        assertThatThrownBy(() -> file("", TOKEN).read())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("locked by hcvault+http://")
                .hasMessageContaining("VAULT_KEK");
    }

    @Test
    void tokenMayComeFromAFileThatAnAgentWrites() throws Exception {
        locked().create();
        Path token = Files.writeString(folder.resolve("token"), TransitServer.TOKEN + "\n");

        assertThat(
                        file("," + service.uri(), Map.of("HCVAULT_TOKEN_FILE", token.toString()))
                                .read()
                                .ids())
                .hasSize(1);
    }

    @Test
    void whoIsNotAllowedIsToldAndTheTokenIsNot() {
        locked().create();

        assertThatThrownBy(() ->
                        file("," + service.uri(), Map.of("HCVAULT_TOKEN", "hvs.other")).read())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("does not allow decrypt")
                .hasMessageNotContaining("hvs.other");
    }

    /// Asked again later: it is started, sealed, or has enough to do.
    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServiceThatIsAwayIsNoWrongKey(int status) {
        locked().create();
        service.status = status;

        assertThatThrownBy(() -> locked().read()).isInstanceOf(VaultUnavailableException.class);

        service.status = 0;
        assertThat(locked().read().ids()).hasSize(1);
        service.close();
        assertThatThrownBy(() -> locked().read()).isInstanceOf(VaultUnavailableException.class);
    }

    /// Else a policy that forgot to allow decrypting would lock everybody out for ever.
    @Test
    void nothingIsLockedThatCouldNotBeOpenedAgain() throws Exception {
        file("", TOKEN).create();
        String before = Files.readString(path());
        service.denied = "decrypt";

        assertThatThrownBy(() -> locked().write(locked().read()))
                .isInstanceOf(VaultRefusedException.class);

        assertThat(Files.readString(path())).isEqualTo(before);
    }

    @Test
    void whatWasChangedDoesNotOpen() throws Exception {
        locked().create();
        String text = Files.readString(path());
        int at = text.indexOf("encryptedKeyset") + 60;
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        Files.writeString(path(), text.substring(0, at) + other + text.substring(at + 1));

        assertThatThrownBy(() -> locked().read())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("was changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hcvault+http://vault.example.org:8200/transit/keys/headwater",
                "hcvault://vault.example.org:8200/transit/headwater",
                "gcp-kms://projects/p/locations/l/keyRings/r/cryptoKeys/k",
                "azure-kv://x"
            })
    void whatCannotLockIsNamed(String uri) {
        assertThatThrownBy(() -> file("," + uri, TOKEN).create())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining(uri);
        assertThat(path()).doesNotExist();
    }

    @Test
    void aCommaInAPathIsNoLock() {
        assertThat(KekFile.at("file:/etc/a,b/kek.json,clear", TOKEN))
                .hasToString("/etc/a,b/kek.json");
    }
}
