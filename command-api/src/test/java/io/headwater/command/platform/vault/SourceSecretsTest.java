package io.headwater.command.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.platform.vault.SourceSecrets.Source;
import io.headwater.events.Pii;
import io.headwater.schema.PersonalData;
import io.headwater.vault.Envelope;
import io.headwater.vault.VaultSettings;
import io.headwater.vault.VaultUnavailableException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSecretsTest {

    private static final Source SOURCE = new Source("lakeside", "s1");

    @TempDir private Path folder;

    private Vault unreachable() {
        return new Vault(
                new VaultSettings(
                        "jdbc:postgresql://127.0.0.1:1/headwater",
                        "headwater_vault",
                        "",
                        folder.resolve("kek.json").toUri().toString(),
                        Duration.ofSeconds(1)),
                new VaultLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, Duration.ZERO));
    }

    @Test
    void secretsOfBeforeThereWasAVaultNeedNone() {
        var secrets = new SourceSecrets(unreachable());

        assertThat(secrets.secret(SOURCE, "a", PersonalData.of("whsec_1"))).contains("whsec_1");
        assertThat(secrets.option(SOURCE, "b", PersonalData.of("token"))).contains("token");
    }

    @Test
    void withoutTheVaultNothingIsSealedAndNothingThatIsSealedOpens() {
        var vault = unreachable();
        var secrets = new SourceSecrets(vault);
        var sealed = new Pii(Envelope.ALGORITHM, "k1", ByteBuffer.allocate(40));
        vault.start();
        try {
            assertThat(vault.up()).isFalse();
            assertThat(vault.required()).isFalse();
            assertThatThrownBy(() -> secrets.of(SOURCE).secret("a", "whsec_1"))
                    .isInstanceOf(VaultUnavailableException.class);
            assertThatThrownBy(() -> secrets.secret(SOURCE, "a", sealed))
                    .isInstanceOf(VaultUnavailableException.class);
            assertThat(Files.exists(folder.resolve("kek.json"))).isFalse();
        } finally {
            vault.stop();
        }
    }
}
