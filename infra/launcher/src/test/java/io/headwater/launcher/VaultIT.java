package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Secrets that sign, on the whole platform: found nowhere, of use after every kind of start, and
/// back after the vault was lost.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VaultIT {

    private static final String SECRET = "signing-secret-" + UUID.randomUUID();
    private static final String TOKEN = "access-token-" + UUID.randomUUID();

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform = start();
    private final TestSite site = TestSite.make(caller, platform, "vault");
    private final TestSite.Source source = site.source("typeform", "vault-typeform", SECRET);
    private int number;

    private static LaunchedPlatform start() {
        var settings = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        settings.put("LOG_ARCHIVE_RANGE_AGE", "1s");
        settings.put("LOG_ARCHIVE_RANGE_OFFSETS", "20");
        return LaunchedPlatform.start(settings);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private Caller.Answer deliver() {
        number++;
        String id = "vault-" + number;
        return Fixture.of("typeform", source, id, id + "@example.org").deliver(caller, source);
    }

    private void requireDelivery() {
        var answer = deliver();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var forged =
                Fixture.of("typeform", source, "forged", "forged@example.org")
                        .forge(caller, source);
        assertThat(forged.status()).isEqualTo(401);
    }

    private Path kek() {
        return platform.data().resolve("vault/kek.json");
    }

    @Test
    @Order(1)
    void secretsAreFoundNowhere() throws Exception {
        var options = "{\"secret_options\":{\"access_token\":\"%s\"}}".formatted(TOKEN);
        var changed = site.change("/admin/sources/" + source.id(), options);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        requireDelivery();
        var archive = new ArchivedText(platform);
        soon(() ->
                assertThat(archive.with("vault-typeform"))
                        .anyMatch(name -> name.startsWith("log/access.events.v1/")));

        for (String secret : List.of(SECRET, TOKEN)) {
            assertThat(KeptScan.of(platform, secret).places()).isEmpty();
            assertThat(archive.with(secret)).isEmpty();
        }
        // Else a scan that looks nowhere would be content.
        assertThat(KeptScan.of(platform, "vault-typeform").of("topic"))
                .contains("topic access.commands.v1", "topic access.events.v1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kek())))
                .isEqualTo("rw-------");
    }

    @Test
    @Order(2)
    void theKeyEncryptionKeyChangesWhileDeliveriesCome() throws Exception {
        byte[] before = Files.readAllBytes(kek());

        String said = keys(0, "rotate");

        assertThat(said).contains("wrapped anew");
        assertThat(Files.readAllBytes(kek())).isNotEqualTo(before);
        assertThat(keys(0, "status")).contains(" 0 wrapped by an older key");
        requireDelivery();
        assertThat(site.source("stripe", "after-rotation", "another-" + SECRET).id()).isNotEmpty();
    }

    @Test
    @Order(3)
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void secretsAreOfUseAfterARestartAndAfterRebuildState() throws Exception {
        platform.kill();
        platform.up("--without", "command-api");
        assertThat(rebuiltState("access")).isNotBlank();
        platform.down();

        platform.up();
        requireDelivery();
    }

    @Test
    @Order(4)
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void withoutTheRightKeyItDoesNotStart() throws Exception {
        platform.down();
        Path away = Files.move(kek(), kek().resolveSibling("away.json"));

        var without = platform.refused();
        assertThat(without).contains("kek.json is missing: put it back from its backup");

        Files.move(away, kek(), StandardCopyOption.REPLACE_EXISTING);
        platform.up();
        requireDelivery();
    }

    @Test
    @Order(5)
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void aLostVaultComesBackFromItsBackup() throws Exception {
        Path backup = platform.data().resolve("vault.backup");
        assertThat(keys(0, "backup", backup.toString())).contains("keys and fences");
        platform.down();
        delete(platform.data().resolve("postgres"));

        platform.up();
        // The right key, but not what it locked: the provider is asked to come again.
        var meanwhile = deliver();
        assertThat(meanwhile.status()).as(meanwhile.text()).isEqualTo(503);
        assertThat(meanwhile.json().path("type").asString())
                .isEqualTo("/problems/vault-unavailable");

        assertThat(keys(0, "restore", backup.toString())).contains("keys are back");
        requireDelivery();
    }

    /// `./headwater keys`, as the script has it.
    private String keys(int status, String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--run-file", runFile()));
        return program("infra/vault", "io.headwater.vault.VaultMain", status, all);
    }

    private String rebuiltState(String decider) throws Exception {
        return program(
                "command-api",
                "io.headwater.command.state.RebuildStateMain",
                0,
                List.of(
                        decider,
                        "--run-file",
                        runFile(),
                        "--work",
                        platform.data().resolve("state").toString()));
    }

    private String runFile() {
        return platform.data().resolve("run/headwater.json").toString();
    }

    private static String program(String module, String main, int status, List<String> words)
            throws Exception {
        Path target = Installation.find().root().resolve(module).resolve("target");
        var command = new ArrayList<String>();
        command.add(Installation.java().toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        String classPath =
                target.resolve("classes")
                        + File.pathSeparator
                        + Files.readString(target.resolve("classpath")).strip();
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(words);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
