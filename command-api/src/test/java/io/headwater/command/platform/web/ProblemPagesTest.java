package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemPagesTest {

    private static final Path PAGES = Path.of("..", "docs", "problems");
    private static final String SLUG = "\"([a-z0-9]+(?:-[a-z0-9]+)+)\"";

    /// How refusals are written down, and the slug that follows from what they name.
    private static final Map<Pattern, UnaryOperator<String>> REFUSALS =
            Map.of(
                    Pattern.compile("new Refused\\(\\s*[A-Za-z.]+,\\s*" + SLUG),
                            UnaryOperator.identity(),
                    Pattern.compile("claiming\\([^,]+,\\s*" + SLUG), UnaryOperator.identity(),
                    Pattern.compile("unknown\\(\"([a-z-]+)\"\\)"), noun -> "unknown-" + noun,
                    Pattern.compile("exists\\(\"([a-z]+)\"\\)"), noun -> noun + "-exists",
                    Pattern.compile("requireNew\\([^;]+\"([a-z]+)\"\\);"), noun -> noun + "-exists",
                    Pattern.compile("requireKnown\\([^;]+\"([a-z]+)\"\\);"),
                            noun -> "unknown-" + noun);

    @Test
    void everySlugHasItsPage() throws IOException {
        var slugs = new TreeSet<String>();
        Arrays.stream(ProblemType.values()).map(ProblemType::slug).forEach(slugs::add);
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                REFUSALS.forEach((pattern, slug) ->
                        pattern.matcher(text)
                                .results()
                                .map(found -> slug.apply(found.group(1)))
                                .forEach(slugs::add));
            }
        }

        assertThat(slugs).contains("unknown-site", "site-exists", "site-key-taken");
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
