package io.headwater.projectors.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRefusalTest {

    @ParameterizedTest
    @EnumSource
    void hasAPageThatSaysTheSame(KeyRefusal.Reason reason) {
        String slug = reason.type().substring("/problems/".length());

        assertThat(Path.of("../docs/problems", slug + ".md"))
                .content()
                .startsWith("# " + reason.title() + "\n")
                .contains("`" + reason.type() + "` · " + reason.status().value());
    }
}
