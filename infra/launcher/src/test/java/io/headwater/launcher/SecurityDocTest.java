package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What docs/security.md says is tested is.
class SecurityDocTest {

    private static final Path ROOT = Path.of("../..");

    private static final Pattern NAMED =
            Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))(?:\\.([a-z][A-Za-z0-9]*))?`");

    private static final Pattern METHOD = Pattern.compile(" void ([a-z][A-Za-z0-9]*)\\(");

    /// Folders without sources of ours.
    private static final Set<String> PASSED_OVER = Set.of("node_modules", "target", "dist", ".git");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        var tests = tests();
        var named = NAMED.matcher(page);
        int count = 0;
        while (named.find()) {
            count++;
            assertThat(tests).as(named.group()).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(tests.get(named.group(1))).as(named.group(1)).contains(named.group(2));
            }
        }
        assertThat(count).isGreaterThan(80);
    }

    /// @return the methods by the name of their class; of two classes with one name those of both
    private static Map<String, Set<String>> tests() throws IOException {
        var tests = new HashMap<String, Set<String>>();
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes about) {
                        return PASSED_OVER.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                        String name = file.getFileName().toString();
                        if (name.endsWith("Test.java") || name.endsWith("IT.java")) {
                            tests.computeIfAbsent(name.replace(".java", ""), _ -> new HashSet<>())
                                    .addAll(methods(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    /// The data of a platform that runs from here comes and goes.
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return tests;
    }

    private static Set<String> methods(Path file) {
        try {
            var methods = new HashSet<String>();
            METHOD.matcher(Files.readString(file))
                    .results()
                    .forEach(method -> methods.add(method.group(1)));
            return methods;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
