package io.headwater.launcher;

import io.headwater.backends.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A `logback.xml` per application: into `logs/NAME.log`, put aside at 10 MB, seven of them kept.
///
/// A file instead of `logging.file.name`, because Spring Boot hands that on as a system property,
/// which four applications that start at once in one JVM would take from each other.
final class LogConfig {
    private static final String TEMPLATE = "application-logback.xml";

    private LogConfig() {}

    /// Writes it and returns the folder it is in.
    static Path write(DataFolder data, String name) {
        try (InputStream template = LogConfig.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                throw new BackendException(TEMPLATE + " is missing from the launcher's jar");
            }
            Path folder = data.run().resolve("logging").resolve(name);
            Files.createDirectories(folder);
            Path log = data.logs().resolve(name + ".log");
            Files.writeString(
                    folder.resolve("logback.xml"),
                    new String(template.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("@log@", escaped(log.toString())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
