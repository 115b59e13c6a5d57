package io.headwater.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.launcher.doctor.Finding.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {

    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n";

    @TempDir private Path folder;

    @Test
    void keysThatOthersReadAndFoldersThatOthersChangeAreUnsafe() throws IOException {
        Path key = write("secrets.properties", "rw-r-----");
        Path fine = write("headwater.json", "rw-------");
        Path logs = Files.createDirectory(folder.resolve("logs"));
        mode(logs, "rwxrwxr-x");

        var findings =
                PrivateFiles.findings(folder, List.of(key, fine, folder.resolve("not-there")));

        assertThat(findings).extracting(Finding::level).containsOnly(Level.UNSAFE);
        assertThat(findings)
                .extracting(Finding::what)
                .containsExactly(
                        key + " can be read by others of this machine",
                        logs + " can be changed by others of this machine");
        mode(key, "rw-------");
        mode(logs, "rwxr-xr-x");
        assertThat(PrivateFiles.findings(folder, List.of(key, fine)))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "0100007F, tcp, OK",
        "0200007F, tcp, OK",
        "00000000, tcp, UNSAFE",
        "0501A8C0, tcp, UNSAFE",
        "00000000000000000000000001000000, tcp6, OK",
        "0000000000000000FFFF00000100007F, tcp6, OK",
        "00000000000000000000000000000000, tcp6, UNSAFE",
        "0000000000000000FFFF00000501A8C0, tcp6, UNSAFE"
    })
    void portsThatAreOpenBeyondThisMachineAreUnsafe(String address, String table, Level level)
            throws IOException {
        Files.writeString(folder.resolve("tcp"), HEAD);
        Files.writeString(
                folder.resolve(table),
                HEAD
                        + "   0: %s:1F90 00000000:0000 0A 00000000:00000000\n".formatted(address)
                        // a connection, and a port of somebody else
                        + "   1: 00000000:1F91 00000000:0000 01 00000000:00000000\n"
                        + "   2: 00000000:0016 00000000:0000 0A 00000000:00000000\n");

        var findings = Listeners.findings(folder, Map.of("query-api", 8080, "command-api", 8081));

        assertThat(findings).extracting(Finding::level).containsExactly(level);
        if (level == Level.UNSAFE) {
            assertThat(findings.getFirst().what()).startsWith("query-api is open on ");
        }
    }

    @Test
    void theAddressIsTold() throws IOException {
        Files.writeString(
                folder.resolve("tcp"),
                HEAD + "   0: 0501A8C0:1F90 00000000:0000 0A 00000000:00000000\n");

        assertThat(Listeners.findings(folder, Map.of("query-api", 8080)).getFirst().what())
                .isEqualTo("query-api is open on 192.168.1.5:8080, beyond this machine");
    }

    @Test
    void whereTheKernelDoesNotTellSomebodyHasToLook() {
        assertThat(Listeners.findings(folder.resolve("nowhere"), Map.of("query-api", 8080)))
                .extracting(Finding::level)
                .containsExactly(Level.WARNING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ANALYTICS_API_KEY=short | UNSAFE | ANALYTICS_API_KEY has 5 characters",
                "ANALYTICS_API_KEY=0123456789abcdef0123 | OK | nothing unsafe",
                "TRUSTED_PROXIES=10.0.0.1,0.0.0.0/0 | UNSAFE | trusts everybody",
                "TRUSTED_PROXIES=10.0.0.1 | OK | nothing unsafe",
                "PUBLIC_URL=http://127.0.0.1:8081 | OK | nothing unsafe",
                "PUBLIC_URL=https://in.example.org | UNSAFE | TRUSTED_PROXIES is empty",
                "PUBLIC_URL=http://in.example.org TRUSTED_PROXIES=10.0.0.1 | UNSAFE | PUBLIC_URL is http",
                "PUBLIC_URL=https://in.example.org TRUSTED_PROXIES=10.0.0.1 | OK | nothing unsafe",
                "PROVIDERS_REACH=private | WARNING | any address of your network"
            })
    void settingsForALaptopAreUnsafeElsewhere(String settings, Level level, String what) {
        var environment = new java.util.HashMap<String, String>();
        for (String one : settings.split(" ")) {
            environment.put(
                    one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }

        var findings = Environment.findings(environment);

        assertThat(findings)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(level);
                    assertThat(one.what()).contains(what);
                });
    }

    @ParameterizedTest
    @CsvSource({"536870912, UNSAFE, 0.5", "5368709120, WARNING, 5.0", "53687091200, OK, 50.0"})
    void aDiskThatIsFullSoonIsTold(long free, Level level, String gib) {
        assertThat(Room.finding(free).level()).isEqualTo(level);
        assertThat(Room.finding(free).what()).isEqualTo(gib + " GiB are free");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, false",
        "'127.0.0.1, ::1', false",
        "'', false",
        "*, true",
        "'localhost, 10.0.0.5', true"
    })
    void postgresIsOpenWhereItListensBeyondThisMachine(String addresses, boolean open) {
        assertThat(PostgresSafety.isOpen(addresses)).isEqualTo(open);
    }

    @Test
    void whatIsUnsafeComesWithItsRemedyAndAnExitStatus() throws IOException {
        Path key = write("secrets.properties", "rw-r--r--");
        var out = new ByteArrayOutputStream();

        int status =
                new Doctor(folder, List.of(key), Map.of(), null, Map.of())
                        .run(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(status).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("UNSAFE   files     " + key + " can be read by others")
                .contains("→ chmod 600 '" + key + "'")
                .contains("ports and PostgreSQL were not looked at")
                .contains("1 unsafe, ");
    }

    private Path write(String name, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "x");
        mode(file, mode);
        return file;
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
