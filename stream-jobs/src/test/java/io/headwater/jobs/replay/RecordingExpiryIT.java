package io.headwater.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.archive.s3.S3Bucket;
import io.headwater.archive.s3.S3Location;
import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.vault.DataKind;
import io.headwater.vault.KekFile;
import io.headwater.vault.KeyVault;
import io.headwater.vault.RetentionRuns;
import io.headwater.vault.RetentionRuns.Found;
import io.headwater.vault.RetentionRuns.Rule;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// On a real object store and a real vault.
@SuppressWarnings("NullAway.Init")
class RecordingExpiryIT {

    private static final Instant NOW = Instant.parse("2026-06-01T03:00:00Z");
    private static final Instant CUTOFF = Instant.parse("2026-03-03T03:00:00Z");

    @TempDir private Path folder;

    private S3Bucket bucket;
    private RetentionRuns runs;

    @BeforeEach
    void start() throws Exception {
        var backends = TestBackends.shared(Backend.POSTGRES, Backend.S3);
        String name = "expiry_" + System.nanoTime();
        try (var postgres = DriverManager.getConnection(backends.jdbcUrl(), "postgres", "");
                var statement = postgres.createStatement()) {
            statement.execute("create database " + name + " owner " + backends.jdbcVaultUser());
        }
        var source = new PGSimpleDataSource();
        source.setUrl(backends.jdbcUrl().replaceAll("/headwater$", "/" + name));
        source.setUser(KeyVault.ROLE);
        new KeyVault(source, KekFile.at(folder.resolve("kek.json").toUri().toString())).open();
        runs = new RetentionRuns(source);
        bucket =
                new S3Bucket(
                        new S3Location(
                                URI.create(backends.s3Endpoint()),
                                backends.s3AccessKey(),
                                backends.s3SecretKey(),
                                name.replace('_', '-'),
                                Duration.ofSeconds(10)));
        bucket.prepare();
    }

    @AfterEach
    void stop() {
        bucket.close();
    }

    private List<Found> run(boolean dryRun) {
        String id = (dryRun ? "dry-" : "run-") + System.nanoTime();
        runs.ask(
                id,
                NOW,
                "system",
                dryRun,
                List.of(new Rule(DataKind.RECORDINGS, CUTOFF, Map.of())));
        var work = runs.take(Set.of(DataKind.RECORDINGS), "me").orElseThrow();
        RecordingExpiry.carryOut(runs, new Recordings(bucket), work);
        var run = runs.find(id).orElseThrow();
        assertThat(run.isDone()).isTrue();
        return run.parts().getFirst().found();
    }

    @Test
    void daysThatAreOverGoAndADryRunTellsWhich() throws Exception {
        var kept =
                List.of(
                        "log/x/2026/01/01/range",
                        "sessions/2026/03/03/c/meta.json",
                        "sessions/not/a/day/meta.json");
        var old =
                List.of(
                        "sessions/2025/12/31/a/events/1-0-1.json",
                        "sessions/2025/12/31/a/meta.json",
                        "sessions/2025/12/31/b/meta.json",
                        "sessions/2026/03/02/c/meta.json");
        for (String key : kept) {
            bucket.put(key, new byte[] {1}, "text/plain");
        }
        for (String key : old) {
            bucket.put(key, new byte[] {1, 2, 3}, "text/plain");
        }

        var told = run(true);

        var first = Instant.parse("2025-12-31T00:00:00Z");
        var last = Instant.parse("2026-03-02T00:00:00Z");
        assertThat(told).containsExactly(new Found("", 3, 0, 4, 12, first, last));
        assertThat(bucket.list("", "")).containsAll(old);
        assertThat(run(false)).isEqualTo(told);
        assertThat(bucket.list("", "")).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(run(false)).isEmpty();
    }
}
