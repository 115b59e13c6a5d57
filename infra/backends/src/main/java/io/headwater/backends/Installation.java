package io.headwater.backends;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where the built tree is: class path files, the registry and the Postgres binaries are found from
/// here.
///
/// Nothing is looked up in the local Maven repository: a module's class path stands in its
/// `target/classpath`.
public record Installation(Path root) {

    private static final Path BACKENDS = Path.of("infra", "backends", "target", "classpath");

    /// Walks up from the working directory to the folder that holds
    /// `infra/backends/target/classpath`.
    public static Installation find() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(BACKENDS))) {
                return new Installation(folder);
            }
        }
        throw new BackendException(
                "No built Headwater around "
                        + start
                        + ": no parent folder has "
                        + BACKENDS
                        + "; run: mvn -Dquick -pl infra/backends package");
    }

    /// The module's jar and everything it needs, as `java -cp` takes it.
    public String classPath(String module) {
        Path target = root.resolve(module).resolve("target");
        try {
            return jar(target)
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath")).strip();
        } catch (IOException e) {
            throw new BackendException(module + " is not built: " + e.getMessage(), e);
        }
    }

    /// The same, and our jar with the mains of child processes.
    public String withBackends(String module) {
        return classPath(module) + File.pathSeparator + backendsJar();
    }

    /// The jar of a module, by its `target` folder.
    private static Path jar(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(Installation::isMainJar)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar in " + target));
        }
    }

    private static boolean isMainJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("-SNAPSHOT.jar") || name.matches(".*-\\d+(\\.\\d+)*\\.jar");
    }

    /// The back ends' own jar, without what the servers need: enough for the registry's main.
    Path backendsJar() {
        try {
            return jar(root.resolve("infra/backends/target"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path apicurio() {
        return root.resolve("infra/backends/target/apicurio");
    }

    Path postgresBinaries() {
        return root.resolve("infra/backends/target/postgres");
    }

    /// The `java` this JVM runs on.
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
