package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir Path folder;

    @Test
    void areMadeOnceAndKeptPrivately() throws IOException {
        var data = new DataFolder(folder);

        Secrets first = Secrets.of(data);

        assertThat(Secrets.of(data)).isEqualTo(first);
        assertThat(first.adminApiKey()).startsWith("hwa_").hasSize(44);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secrets())))
                .isEqualTo("rw-------");
    }
}
