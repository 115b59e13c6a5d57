package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir Path folder;

    @Test
    void anUnforeseenFaultIsAnExitStatusToo() throws IOException {
        // A folder cannot be read as a file: as unforeseen as a full disk.
        Files.createDirectory(folder.resolve("secrets.properties"));

        assertThat(Main.run("up", "--data", folder.toString())).isEqualTo(1);
    }

    @Test
    void aMistakeIsAnExitStatus() {
        assertThat(Main.run("upp")).isEqualTo(1);
    }
}
