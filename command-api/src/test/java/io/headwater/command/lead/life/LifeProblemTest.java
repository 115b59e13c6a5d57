package io.headwater.command.lead.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifeProblemTest {

    @ParameterizedTest
    @EnumSource
    void everyRuleHasItsPage(LifeProblem problem) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "problems", problem.code() + ".md"));
        int status =
                switch (problem.reason()) {
                    case UNKNOWN -> 404;
                    case RULE_VIOLATED -> 409;
                    case UNACCEPTABLE -> 422;
                    case UNAUTHENTICATED, FORBIDDEN -> throw new AssertionError(problem);
                };
        assertThat(page).contains("`/problems/" + problem.code() + "` · " + status);
        assertThat(LifeProblem.of(problem.code())).contains(problem);
        assertThat(problem.because("Because.")).isInstanceOf(Refused.class);
    }
}
