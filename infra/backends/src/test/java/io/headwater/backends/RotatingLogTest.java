package io.headwater.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogTest {
    @TempDir Path folder;

    @Test
    void linesAreAppendedOverRestarts() throws IOException {
        Path file = folder.resolve("new").resolve("kafka.log");
        try (var log = new RotatingLog(file)) {
            log.line("first");
        }
        try (var log = new RotatingLog(file)) {
            log.line("second");
            assertThat(log.tail()).containsExactly("second");
        }

        assertThat(file).hasContent("first\nsecond\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskCostsLinesAndNothingElse() throws IOException {
        Path file = folder.resolve("kafka.log");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        try (var log = new RotatingLog(file)) {
            log.line("lost");
            log.line("lost too");
            assertThat(log.tail()).containsExactly("lost", "lost too");

            Files.delete(file);
            log.line("there is room again");
        }

        assertThat(file).hasContent("there is room again\n");
    }
}
