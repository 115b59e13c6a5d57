package io.headwater.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The file with the key-encryption keys: a keyset of Tink, mode 600.
///
/// In clear, it belongs to another backup than the vault does, since the two together open
/// everything. Locked by a key of a [Kms], it opens nothing without that service, which is asked
/// whenever the file is read or written, and for nothing else.
public final class KekFile {

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    /// Instead of the URI of a key: not locked.
    private static final String CLEAR = "clear";

    private static final Pattern BETWEEN = Pattern.compile(",(?=[a-z+-]+://|clear(?:,|$))");

    /// Member of a file that is locked; the other one is `keyset`.
    private static final String LOCKED_BY = "locked_by";

    private final Path path;
    private final List<String> locks;
    private final Map<String, String> environment;

    private KekFile(Path path, List<String> locks, Map<String, String> environment) {
        this.path = path.toAbsolutePath();
        this.locks = List.copyOf(locks);
        this.environment = Map.copyOf(environment);
    }

    /// @param uri `file:/absolute/path` or `file:relative/path`; after a comma the URI of the key
    ///   that locks it, or `clear`; after more commas those that may have locked it before
    /// @throws VaultRefusedException when it is another kind of place
    public static KekFile at(String uri) {
        return at(uri, System.getenv());
    }

    /// @param environment with the credentials of the service that locks it
    static KekFile at(String uri, Map<String, String> environment) {
        var parts = List.of(BETWEEN.split(uri));
        var where = URI.create(parts.getFirst());
        if (!"file".equals(where.getScheme())) {
            throw new VaultRefusedException(
                    "the key-encryption key is at %s; it is in a file, which a service may lock: file:PATH,%s"
                            .formatted(uri, uri));
        }
        return new KekFile(
                Path.of(where.isOpaque() ? where.getSchemeSpecificPart() : where.getPath()),
                parts.subList(1, parts.size()),
                environment);
    }

    boolean exists() {
        return Files.exists(path);
    }

    /// @throws VaultRefusedException when it is missing, unreadable, or readable by others
    Kek read() {
        try {
            var others = new HashSet<>(Files.getPosixFilePermissions(path));
            others.removeAll(OWNERS);
            if (!others.isEmpty()) {
                throw new VaultRefusedException(
                        "the key-encryption key %s can be read or written by others: chmod 600 %s"
                                .formatted(path, path));
            }
            return parsed(Files.readString(path));
        } catch (IOException missing) {
            throw new VaultRefusedException(
                    "the key-encryption key %s cannot be read: %s"
                            .formatted(path, missing.getClass().getSimpleName()),
                    missing);
        } catch (GeneralSecurityException broken) {
            throw new VaultRefusedException(path + " is no keyset of Tink", broken);
        }
    }

    private Kek parsed(String text) throws GeneralSecurityException {
        var lock = lockedBy(text);
        if (lock.isEmpty()) {
            return Kek.parse(text);
        }
        String uri = lock.get();
        // Whom the file names is asked only when the setting names it, too: it gets our token.
        if (!locks.contains(uri)) {
            throw new VaultRefusedException(
                    "the key-encryption key %s is locked by %s, which VAULT_KEK does not name: file:%s,%s"
                            .formatted(path, uri, path, uri));
        }
        try {
            return Kek.unlocked(
                    JsonMapper.shared().readTree(text).path("keyset").toString(),
                    Kms.key(uri, environment));
        } catch (GeneralSecurityException refused) {
            throw new VaultRefusedException(
                    "%s does not open the key-encryption key %s: it is locked by another version of that key, or was changed"
                            .formatted(uri, path),
                    refused);
        }
    }

    private static Optional<String> lockedBy(String text) {
        try {
            var lock = JsonMapper.shared().readTree(text).path(LOCKED_BY);
            return lock.isString() ? Optional.of(lock.stringValue()) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// @return the URI of the key that locks it as it is; empty: in clear, or not there
    Optional<String> lockedBy() {
        try {
            return exists() ? lockedBy(Files.readString(path)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Makes a new key; never over one that is there.
    Kek create() {
        try {
            if (exists()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            Files.createDirectories(folder(), only("rwx------"));
            var made = Kek.generate();
            write(made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Replaces what is in it, locked as the setting says.
    ///
    /// @throws VaultRefusedException when who is to lock it does not, or would not open it again:
    ///   nothing was changed
    void write(Kek kek) {
        try {
            DurableFile.write(path, text(kek).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(Kek kek) throws GeneralSecurityException {
        if (locks.isEmpty() || locks.getFirst().equals(CLEAR)) {
            return kek.json();
        }
        String uri = locks.getFirst();
        var lock = Kms.key(uri, environment);
        try {
            String locked = kek.locked(lock);
            Kek.unlocked(locked, lock);
            var document = JsonMapper.shared().createObjectNode().put(LOCKED_BY, uri);
            document.set("keyset", JsonMapper.shared().readTree(locked));
            return document.toString();
        } catch (GeneralSecurityException refused) {
            throw new VaultRefusedException(
                    "%s does not lock the key-encryption key; nothing was changed".formatted(uri),
                    refused);
        }
    }

    private Path folder() {
        return Objects.requireNonNull(path.getParent());
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
