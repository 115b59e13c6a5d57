package io.headwater.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every key of the settings is explained, and every own key can be set by an environment variable.
class SettingsTest {
    private static final Path FILE = Path.of("src/main/resources/application.yml");
    private static final Pattern KEY = Pattern.compile("\\s*([a-z0-9.-]+):( .*)?");

    @Test
    void everyValueHasACommentAbove() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        for (int i = 1; i < lines.size(); i++) {
            var key = KEY.matcher(lines.get(i));
            if (key.matches() && key.group(2) != null && !key.group(1).equals("application.name")) {
                assertThat(lines.get(i - 1).strip()).as(lines.get(i)).startsWith("#");
            }
        }
    }

    @Test
    void ownSettingsHaveAnEnvironmentVariableAndADefault() throws IOException {
        List<String> own =
                Files.readAllLines(FILE).stream()
                        .dropWhile(line -> !line.equals("headwater:"))
                        .skip(1)
                        .takeWhile(line -> line.isBlank() || line.startsWith(" "))
                        .filter(line -> KEY.matcher(line).matches())
                        .filter(line -> line.contains(": "))
                        .toList();

        assertThat(own)
                .hasSizeGreaterThan(14)
                .allSatisfy(line -> assertThat(line).matches(".*: \\$\\{[A-Z0-9_]+:[^}]*}$"));
    }
}
