package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidsTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    @TempDir Path folder;

    private DataFolder data;
    private Process leftover;

    @BeforeEach
    void startAProcess() throws IOException {
        data = new DataFolder(folder);
        data.create();
        leftover = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endIt() {
        leftover.destroyForcibly();
    }

    @Test
    void whatWasWrittenIsRead() {
        var written = new Pids(List.of(Pids.Entry.of("kafka", leftover.pid(), 19092)));
        written.write(data.pids());

        assertThat(Pids.read(data.pids())).isEqualTo(written);
        assertThat(written.entries().getFirst().process()).contains(leftover.toHandle());
    }

    @Test
    void noFileMeansNothingRuns() {
        assertThat(Pids.read(folder.resolve("none")).entries()).isEmpty();
    }

    @Test
    void aLeftoverIsEnded() {
        new Pids(List.of(Pids.Entry.of("kafka", leftover.pid(), 19092))).write(data.pids());

        new Leftovers(PATIENCE).reap(data);

        assertThat(leftover.onExit()).succeedsWithin(Duration.ofSeconds(60));
        assertThat(Files.exists(data.pids())).isFalse();
    }

    @Test
    void anInterruptedStartOfPostgresIsEnded() throws IOException {
        String data = folder.resolve("postgres-unfinished-1").toString();
        String theirs = folder.resolve("postgres-backup").toString();
        Process starter = shell("--pgdata=" + data);
        Process another = shell("--pgdata=" + theirs);
        try {
            new Leftovers(PATIENCE).reap(this.data);

            assertThat(starter.onExit()).succeedsWithin(Duration.ofSeconds(60));
            assertThat(another.isAlive()).isTrue();
        } finally {
            end(starter);
            end(another);
        }
    }

    @Test
    void aLockThatNobodyHoldsMeansNothingRuns() throws IOException {
        assertThat(data.launcher()).isEmpty();

        data.lock().channel().close();

        assertThat(data.launcher()).isEmpty();
    }

    @Test
    void aProcessThatOnlyHasTheSameIdIsLeftAlone() {
        var entry = Pids.Entry.of("kafka", leftover.pid(), 19092);
        String another = ProcessStart.of(ProcessHandle.current().pid());
        var recycled = new Pids.Entry("kafka", entry.pid(), another, entry.port());
        new Pids(List.of(recycled)).write(data.pids());

        new Leftovers(PATIENCE).reap(data);

        assertThat(recycled.process()).isEmpty();
        assertThat(leftover.isAlive()).isTrue();
    }

    /// A shell with a child, with this among its arguments.
    private static Process shell(String argument) throws IOException {
        return new ProcessBuilder("sh", "-c", "sleep 600; :", argument).start();
    }

    private static void end(Process shell) {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }
}
