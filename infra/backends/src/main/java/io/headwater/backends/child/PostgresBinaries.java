package io.headwater.backends.child;

import io.headwater.backends.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs of this machine, unpacked from zonky's jar.
record PostgresBinaries(Path folder) {

    /// Unpacks to `folder` unless that was done before; two processes at once do no harm.
    static PostgresBinaries unpackedIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Path fresh =
                    Files.createTempDirectory(folder.toAbsolutePath().getParent(), "postgres-");
            unpack(fresh);
            install(fresh, folder);
        }
        return new PostgresBinaries(folder.toAbsolutePath());
    }

    /// Gives `fresh` its final name, or removes it where another process was first.
    static void install(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // "Directory not empty" has no class of its own here.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            System.out.println("unpacked by another process meanwhile: " + folder);
            Folders.delete(fresh);
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static void unpack(Path target) throws IOException {
        String archive = "/postgres-" + operatingSystem() + "-" + architecture() + ".txz";
        try (InputStream file = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (file == null) {
                throw new IOException("no PostgreSQL binaries for this machine: " + archive);
            }
            var tar = new TarArchiveInputStream(new XZInputStream(file));
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                write(tar, e, target);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, target.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            Files.setPosixFilePermissions(
                    path,
                    PosixFilePermissions.fromString(
                            (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
        }
    }

    private static String operatingSystem() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")
                ? "darwin"
                : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }
}
