package io.headwater.vault;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// `VaultMain status | rotate | backup FILE | restore FILE | give-up TIME [--run-file FILE]`:
/// without a run file the vault is that of `VAULT_URL`, `VAULT_USER`, `VAULT_PASSWORD`,
/// `VAULT_KEK`.
///
/// Ends with 0 when it did what was asked, else with 1 and the reason on standard error.
public final class VaultMain {

    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(1);

    private static final Set<String> WITH_WORD = Set.of("backup", "restore", "give-up");

    private final PrintStream out;

    private VaultMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String... args) {
        System.exit(run(List.of(args), System.getenv(), System.out, System.err));
    }

    static int run(
            List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            var words = new ArrayList<>(args);
            int option = words.indexOf("--run-file");
            Path runFile = null;
            if (option >= 0 && option + 1 < words.size()) {
                runFile = Path.of(words.remove(option + 1));
                words.remove(option);
            }
            new VaultMain(out).act(words, vault(runFile, environment));
            return 0;
        } catch (IllegalArgumentException
                | IOException
                | JacksonException
                | VaultRefusedException
                | VaultUnavailableException cannot) {
            err.println("headwater: " + cannot.getMessage());
            return 1;
        }
    }

    private void act(List<String> words, KeyVault vault) {
        String command = words.isEmpty() ? "" : words.getFirst();
        boolean withWord = WITH_WORD.contains(command);
        if (words.size() != (withWord ? 2 : 1)) {
            throw new IllegalArgumentException(
                    "keys what? ./headwater keys status, rotate, backup FILE, restore FILE or give-up TIME");
        }
        switch (command) {
            case "status" -> {
                var status = VaultStatus.of(vault);
                out.printf(
                        "key-encryption key %s, %s%ndata keys %d, of those %d in pools, %d wrapped by an older key; erased %d%n",
                        status.kekId(),
                        vault.file()
                                .lockedBy()
                                .map(uri -> "its file locked by " + uri)
                                .orElse("its file in clear"),
                        status.active(),
                        status.unassigned(),
                        status.waiting(),
                        status.erased());
            }
            case "rotate" -> {
                var done = new KekRotation(vault).run();
                out.printf(
                        "%s%d data keys are wrapped anew, by the key-encryption key %s; take a new backup of both%n",
                        done.resumed() ? "went on with an earlier rotation: " : "",
                        done.rewrapped(),
                        done.kekId());
            }
            case "backup" ->
                    out.printf(
                            "%d keys and fences are in %s; the key-encryption key is not%n",
                            new VaultBackup(vault).write(Path.of(words.get(1))), words.get(1));
            case "restore" -> {
                var done = new VaultBackup(vault).read(Path.of(words.get(1)));
                out.printf(
                        "%d keys are back; %d keys were erased again%n",
                        done.active(), done.fenced());
                done.newest()
                        .ifPresent(newest ->
                                out.printf(
                                        "the newest key in the file was made at %s; keys of after that are missing, unless another backup has them%n",
                                        newest));
            }
            case "give-up" -> {
                var since = time(words.get(1));
                vault.giveUp(since);
                out.printf(
                        "keys that were made since %s and are not here count as erased; whoever waited for one goes on%n",
                        since);
            }
            default -> throw new IllegalArgumentException("unknown command keys " + command);
        }
    }

    private static Instant time(String word) {
        try {
            return Instant.parse(word);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    word + " is no time like 2026-01-31T12:00:00Z", unreadable);
        }
    }

    private static KeyVault vault(@Nullable Path runFile, Map<String, String> environment)
            throws IOException {
        var login = VaultLogin.of(runFile, environment);
        return new KeyVault(
                login.dataSource("headwater-keys", STATEMENT_LIMIT), KekFile.at(login.kek()));
    }
}
