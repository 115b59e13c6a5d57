package io.headwater.query.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemKindTest {

    @ParameterizedTest
    @EnumSource
    void hasAPageThatSaysTheSame(ProblemKind kind) {
        String slug = kind.type().substring("/problems/".length());

        assertThat(Path.of("../docs/problems", slug + ".md"))
                .content()
                .startsWith("# " + kind.title() + "\n")
                .contains("`" + kind.type() + "` · " + kind.status().value());
    }
}
