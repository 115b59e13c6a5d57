package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
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
    private final LaunchedPlatform platform = Forgetting.start();
    private final TestSite site = TestSite.make(caller, platform, "vault");
    private final Forgetting forgetting = new Forgetting(platform, site);
    private final TestSite.Source source = site.source("typeform", "vault-typeform", SECRET);
    private int number;

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

        String said = Program.keys(platform, "rotate");

        assertThat(said).contains("wrapped anew");
        assertThat(Files.readAllBytes(kek())).isNotEqualTo(before);
        assertThat(Program.keys(platform, "status")).contains(" 0 wrapped by an older key");
        requireDelivery();
        assertThat(site.source("stripe", "after-rotation", "another-" + SECRET).id()).isNotEmpty();
    }

    @Test
    @Order(3)
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void secretsAreOfUseAfterARestartAndAfterRebuildState() throws Exception {
        String mail = "dying" + UUID.randomUUID() + "@example.org";
        String lead = forgetting.captured(mail, "words");
        assertThat(site.act(lead, "erase", "{}").status()).isEqualTo(200);
        platform.kill();
        platform.up("--without", "command-api");
        assertThat(rebuiltState("access")).isNotBlank();
        platform.down();

        platform.up();
        requireDelivery();
        forgetting.requireDone(lead);
        forgetting.requireNowhere(mail);
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
        assertThat(Program.keys(platform, "backup", backup.toString())).contains("keys and fences");
        String mail = "backed-up" + UUID.randomUUID() + "@example.org";
        String lead = forgetting.captured(mail, "words");
        Path newer = platform.data().resolve("vault.newer");
        Program.keys(platform, "backup", newer.toString());
        assertThat(site.act(lead, "erase", "{}").status()).isEqualTo(200);
        forgetting.requireDone(lead);
        platform.down();
        delete(platform.data().resolve("postgres"));

        // Tables would wait for keys, and it for tables.
        platform.up("--without", "projectors", "--without", "query-api");
        // The right key, but not what it locked: the provider is asked to come again.
        var meanwhile = deliver();
        assertThat(meanwhile.status()).as(meanwhile.text()).isEqualTo(503);
        assertThat(meanwhile.json().path("type").asString())
                .isEqualTo("/problems/vault-unavailable");

        assertThat(Program.keys(platform, "restore", newer.toString())).contains("keys are back");
        assertThat(Program.keys(platform, "restore", backup.toString())).contains("keys are back");
        platform.down();
        platform.up();
        requireDelivery();
        // Neither backup knows of the erasure; the log does.
        forgetting.requireDone(lead);
        forgetting.requireNowhere(mail);
    }

    private String rebuiltState(String decider) throws Exception {
        return Program.run(
                "command-api",
                "io.headwater.command.state.RebuildStateMain",
                0,
                List.of(
                        decider,
                        "--run-file",
                        Program.runFile(platform),
                        "--work",
                        platform.data().resolve("state").toString()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
