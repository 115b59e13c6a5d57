package io.headwater.launcher.sweep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files of a folder: their bytes, their names and, of packed ones, what is in them.
final class Tree {

    private Tree() {}

    /// @param root names are told from there
    /// @param skipped folders and files that are not looked into
    static void search(Path root, Path folder, Predicate<Path> skipped, Look look)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes no) {
                        return skipped.test(entered)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                            throws IOException {
                        if (about.isRegularFile() && !skipped.test(file)) {
                            read(root, file, look);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path left, @Nullable IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void read(Path root, Path file, Look look) throws IOException {
        String name = root.relativize(file).toString();
        look.begin();
        byte[] asBytes = name.getBytes(StandardCharsets.UTF_8);
        look.read(asBytes, 0, asBytes.length);
        look.restart();
        try {
            Unpacked.read(() -> Files.newInputStream(file), look);
            look.count("files", 1);
        } catch (NoSuchFileException | FileNotFoundException gone) {
            // removed meanwhile
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
        look.end(() -> name);
    }

    /// Removes what sweeps made in a folder.
    static void removePlanted(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(folder, Probes.PREFIX + "*")) {
            for (Path planted : entries) {
                try (var files = Files.walk(planted)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }
}
