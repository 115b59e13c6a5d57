package io.headwater.launcher.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whether others of this machine can read keys or change data.
final class PrivateFiles {

    private static final String ABOUT = "files";
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private PrivateFiles() {}

    /// @param root the data folder
    /// @param secret files that only their owner may read; those that are not there are left out
    static List<Finding> findings(Path root, List<Path> secret) {
        List<Finding> findings = new ArrayList<>();
        try {
            for (Path file : secret) {
                if (Files.exists(file) && has(file, OTHERS)) {
                    findings.add(
                            Finding.unsafe(
                                    ABOUT,
                                    file + " can be read by others of this machine",
                                    "chmod 600 '%s', and new keys: they may be known"
                                            .formatted(file)));
                }
            }
            for (Path folder : folders(root)) {
                if (has(folder, WRITE)) {
                    findings.add(
                            Finding.unsafe(
                                    ABOUT,
                                    folder + " can be changed by others of this machine",
                                    "chmod go-w '%s'".formatted(folder)));
                }
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            return List.of(
                    Finding.warning(
                            ABOUT,
                            "who may read them cannot be told: " + unknown.getMessage(),
                            "see to it that only the owner of " + root + " reads it"));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(ABOUT, "keys and data are their owner's alone"))
                : findings;
    }

    /// The folder and those right in it: whoever may change these gets at everything below.
    private static List<Path> folders(Path root) throws IOException {
        try (Stream<Path> inside = Files.list(root)) {
            return Stream.concat(Stream.of(root), inside.filter(Files::isDirectory)).toList();
        }
    }

    private static boolean has(Path file, Set<PosixFilePermission> unwanted) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(unwanted::contains);
    }
}
