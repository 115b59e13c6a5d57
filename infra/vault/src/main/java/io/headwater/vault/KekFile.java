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
import java.util.Objects;
import java.util.Set;

/// The file with the key-encryption keys: a keyset of Tink in clear, mode 600. It belongs to
/// another backup than the vault does, since the two together open everything.
public final class KekFile {

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private final Path path;

    KekFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /// @param uri `file:/absolute/path` or `file:relative/path`
    /// @throws VaultRefusedException when it is another kind of place
    public static KekFile at(String uri) {
        var where = URI.create(uri);
        if (!"file".equals(where.getScheme())) {
            throw new VaultRefusedException(
                    "the key-encryption key is at %s; only file: is supported".formatted(uri));
        }
        return new KekFile(
                Path.of(where.isOpaque() ? where.getSchemeSpecificPart() : where.getPath()));
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
            return Kek.parse(Files.readString(path));
        } catch (IOException missing) {
            throw new VaultRefusedException(
                    "the key-encryption key %s cannot be read: %s"
                            .formatted(path, missing.getClass().getSimpleName()),
                    missing);
        } catch (GeneralSecurityException broken) {
            throw new VaultRefusedException(path + " is no keyset of Tink", broken);
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

    /// Replaces what is in it.
    void write(Kek kek) {
        try {
            DurableFile.write(path, kek.json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
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
