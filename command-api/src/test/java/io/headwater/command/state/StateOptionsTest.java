package io.headwater.command.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateOptionsTest {

    @TempDir private Path folder;

    private static StateOptions parse(String... args) throws IOException {
        return StateOptions.parse(
                args,
                Map.of(
                        "LEAD_REENGAGE_HOURS", "36",
                        "VAULT_URL", "jdbc:e",
                        "VAULT_KEK", "file:/e"));
    }

    @Test
    void readsWhereThePlatformRuns() throws Exception {
        var file = folder.resolve("headwater.json");
        Files.writeString(
                file,
                """
                {"kafka": "k:1", "schema_registry": "http://r",
                 "vault": {"jdbc_url": "jdbc:v", "user": "u", "password": "", "kek": "file:/k"}}
                """);

        var options = parse("leads", "--run-file", file.toString(), "--limit", "5", "--dry-run");

        assertThat(options.decider()).isEqualTo("lead");
        assertThat(options.brokers().servers()).isEqualTo("k:1");
        assertThat(options.registry()).isEqualTo("http://r");
        assertThat(options.limit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.reengageAfter()).isEqualTo(Duration.ofHours(36));
        assertThat(options.vault()).hasToString("VaultLogin[url=jdbc:v, user=u, kek=file:/k]");
        assertThat(options.dryRun()).isTrue();
    }

    @Test
    void takesAnyClusterAndDecider() throws Exception {
        var options =
                parse("access", "--bootstrap", "k:1", "--registry", "http://r", "--work", "/w");

        assertThat(options.decider()).isEqualTo("access");
        assertThat(options.work()).isEqualTo(Path.of("/w"));
        assertThat(options.archive()).isNull();
        assertThat(options.vault())
                .hasToString("VaultLogin[url=jdbc:e, user=headwater_vault, kek=file:/e]");
        assertThat(options.withGaps()).isFalse();
        assertThat(options.dryRun()).isFalse();
    }

    @Test
    void archiveIsThatOfThePlatformOrOfTheEnvironment() throws Exception {
        var file = folder.resolve("headwater.json");
        Files.writeString(
                file,
                """
                {"kafka": "k:1", "schema_registry": "http://r",
                 "s3": {"endpoint": "http://s", "access_key": "a", "secret_key": "b", "bucket": "c"},
                 "vault": {"jdbc_url": "jdbc:v", "user": "u", "password": "", "kek": "file:/k"}}
                """);
        var environment =
                Map.of(
                        "S3_ENDPOINT", "http://e",
                        "VAULT_URL", "jdbc:v",
                        "VAULT_KEK", "file:/k",
                        "S3_ACCESS_KEY", "a",
                        "S3_SECRET_KEY", "b",
                        "S3_BUCKET", "d");

        assertThat(parse("lead", "--run-file", file.toString(), "--with-gaps"))
                .satisfies(options -> assertThat(options.withGaps()).isTrue())
                .extracting(StateOptions::archive)
                .hasToString("S3Location[endpoint=http://s, bucket=c]");
        assertThat(
                        StateOptions.parse(
                                new String[] {"lead", "--bootstrap", "k:1", "--registry", "r"},
                                environment))
                .extracting(StateOptions::archive)
                .hasToString("S3Location[endpoint=http://e, bucket=d]");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> parse()).hasMessageContaining("lead or access");
        assertThatThrownBy(() -> parse("lead", "--what")).hasMessageContaining("--what");
        assertThatThrownBy(() -> parse("lead", "--limit")).hasMessageContaining("--limit");
        assertThatThrownBy(() -> parse("lead")).hasMessageContaining("--bootstrap");
        String[] withoutVault = {"access", "--bootstrap", "k:1", "--registry", "r"};
        assertThatThrownBy(() -> StateOptions.parse(withoutVault, Map.of()))
                .hasMessageContaining("VAULT_URL");
    }

    @Test
    void whatCannotBeToldIsNoProof() {
        var said = new ByteArrayOutputStream();
        var err = new PrintStream(said, true, StandardCharsets.UTF_8);
        String none = folder.resolve("none.json").toString();

        assertThat(AuditMain.run(new String[] {"leads", "--run-file", none}, err, err))
                .isEqualTo(2);
        assertThat(RebuildStateMain.run(new String[] {"lead", "--run-file", none}, err, err))
                .isEqualTo(2);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("could not be made", "could not be rebuilt");
    }
}
