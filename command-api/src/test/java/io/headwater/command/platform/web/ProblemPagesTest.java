package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemPagesTest {

    private static final Path PAGES = Path.of("..", "docs", "problems");
    private static final Pattern REFUSAL =
            Pattern.compile("new Refused\\(\\s*[A-Za-z.]+,\\s*\"([a-z0-9]+(?:-[a-z0-9]+)+)\"");

    @Test
    void everySlugHasItsPage() throws IOException {
        var slugs = new TreeSet<String>();
        Arrays.stream(ProblemType.values()).map(ProblemType::slug).forEach(slugs::add);
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                REFUSAL.matcher(Files.readString(source))
                        .results()
                        .forEach(found -> slugs.add(found.group(1)));
            }
        }

        assertThat(slugs).allSatisfy(slug -> assertThat(PAGES.resolve(slug + ".md")).exists());
    }

    @Test
    void aPageSaysTheTitleAndTheStatus() throws IOException {
        for (var type : ProblemType.values()) {
            assertThat(Files.readString(PAGES.resolve(type.slug() + ".md")))
                    .contains(
                            "# " + type.title(),
                            "/problems/" + type.slug(),
                            String.valueOf(type.status().value()));
        }
    }
}
