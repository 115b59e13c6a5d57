package io.headwater.backends.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir Path folder;

    @Test
    void theSecondOfTwoProcessesTakesWhatTheFirstUnpacked() throws IOException {
        Path first = unpacked("first");
        Path second = unpacked("second");
        Path target = folder.resolve("postgres");

        PostgresBinaries.install(first, target);
        PostgresBinaries.install(second, target);

        assertThat(target.resolve("bin")).hasContent("first");
        assertThat(second).doesNotExist();
    }

    @Test
    void anyOtherFaultIsTold() throws IOException {
        Path fresh = unpacked("fresh");
        Path target = folder.resolve("missing").resolve("postgres");

        assertThatThrownBy(() -> PostgresBinaries.install(fresh, target))
                .isInstanceOf(FileSystemException.class);
    }

    private Path unpacked(String name) throws IOException {
        Path unpacked = Files.createDirectory(folder.resolve(name));
        Files.writeString(unpacked.resolve("bin"), name);
        return unpacked;
    }
}
