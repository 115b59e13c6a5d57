package io.headwater.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KekFileTest {

    private static final byte[] MATERIAL = "material".getBytes(UTF_8);
    private static final byte[] NAME = "key/1".getBytes(UTF_8);

    @TempDir private Path folder;

    private Path path() {
        return folder.resolve("a vault/kek.json");
    }

    private KekFile file() {
        return KekFile.at(path().toUri().toString());
    }

    private String permissions() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path()));
    }

    @Test
    void isOnlyItsOwnersAndStaysTheSame() throws Exception {
        var made = file().create();
        byte[] wrapped = made.wrap(made.primary(), MATERIAL, NAME);

        var read = file().read();
        assertThat(permissions()).isEqualTo("rw-------");
        assertThat(read.primary()).isEqualTo(made.primary()).matches("[0-9a-f]{8}");
        assertThat(read.unwrap(read.primary(), wrapped, NAME)).isEqualTo(MATERIAL);
        assertThatThrownBy(() -> read.unwrap(read.primary(), wrapped, "key/2".getBytes(UTF_8)))
                .isInstanceOf(java.security.GeneralSecurityException.class);
        assertThatThrownBy(() -> file().create()).isInstanceOf(UncheckedIOException.class);
        assertThat(file().read().ids()).containsExactly(made.primary());
    }

    @Test
    void isRefusedWhenOthersMayReadIt() throws Exception {
        file().create();
        for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(open));
            assertThatThrownBy(() -> file().read())
                    .isInstanceOf(VaultRefusedException.class)
                    .hasMessageContaining("chmod 600");
        }
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("r--------"));
        assertThat(file().read().ids()).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithIt() throws Exception {
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("cannot be read");
        file().create();
        Files.writeString(path(), "{}");
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("no keyset");
        assertThatThrownBy(() -> KekFile.at("gcp-kms://projects/p/locations/l"))
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("file:PATH,gcp-kms://");
        assertThat(KekFile.at("file:./data/kek.json").toString()).endsWith("/data/kek.json");
    }

    @Test
    void keysComeAndGo() throws Exception {
        var first = file().create();
        byte[] wrapped = first.wrap(first.primary(), MATERIAL, NAME);

        var both = first.withNew();
        file().write(both);
        assertThat(permissions()).isEqualTo("rw-------");
        assertThat(file().read().unwrap(first.primary(), wrapped, NAME)).isEqualTo(MATERIAL);
        assertThat(both.ids()).hasSize(2).contains(first.primary());
        assertThat(both.primary()).isNotEqualTo(first.primary());

        file().write(both.only(both.primary()::equals, both.primary()));
        assertThat(file().read().ids()).containsExactly(both.primary());
        assertThat(folder.resolve("a vault")).isDirectoryContaining("glob:**/kek.json");
        assertThat(folder.resolve("a vault")).isDirectoryNotContaining("glob:**.new");
    }
}
