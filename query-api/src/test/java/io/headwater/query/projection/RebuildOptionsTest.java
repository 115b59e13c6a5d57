package io.headwater.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.headwater.query.platform.web.Problem;
import io.headwater.query.platform.web.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RebuildOptionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void noBodyIsNoOptions() {
        assertThat(RebuildOptions.of(null).toJson()).isEmpty();
        assertThat(of("{\"max_rate\":null,\"expected\":[]}").toJson()).isEmpty();
    }

    @Test
    void goodOptionsArePassedOn() {
        assertThat(
                        of("{\"max_rate\":5000,\"expected\":[\"leads.country\",\"lead_money\"]}")
                                .toJson())
                .isEqualTo(
                        Map.of(
                                "max_rate",
                                5000,
                                "expected",
                                List.of("leads.country", "lead_money")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"max_rate\":0} | max_rate",
                "{\"max_rate\":-1} | max_rate",
                "{\"max_rate\":1.5} | max_rate",
                "{\"max_rate\":\"5\"} | max_rate",
                "{\"max_rate\":99999999999} | max_rate",
                "{\"expected\":\"leads\"} | expected",
                "{\"expected\":[\"leads\",\"Leads\"]} | expected[1]",
                "{\"expected\":[\"a.b.c\"]} | expected[0]",
                "{\"expected\":[\"leads;drop\"]} | expected[0]",
                "{\"expected\":[7]} | expected[0]",
                "{\"from\":\"s3\"} | from",
                "{\"maxrate\":7} | maxrate",
                "[] | body",
            })
    void theMemberAtFaultIsNamed(String body, String field) {
        assertThatThrownBy(() -> of(body))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(problem ->
                        assertThat(problem.errors())
                                .extracting(Problem.FieldError::field)
                                .containsExactly(field));
    }

    @Test
    void allMembersAtFaultAreNamedAtOnce() {
        assertThatThrownBy(() -> of("{\"max_rate\":0,\"expected\":[\"-\"],\"from\":\"s3\"}"))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(problem ->
                        assertThat(problem.errors())
                                .extracting(Problem.FieldError::field)
                                .containsExactly("max_rate", "from", "expected[0]"));
    }

    @Test
    void onlyAVerificationMayBeASample() {
        assertThat(RebuildOptions.ofVerification(JSON.readTree("{\"sample\":50}")).toJson())
                .isEqualTo(Map.of("sample", 50));
        assertThatThrownBy(() -> of("{\"sample\":50}"))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(problem ->
                        assertThat(problem.errors())
                                .extracting(Problem.FieldError::field)
                                .containsExactly("sample"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sample\":0} | must be a whole number from 1 to 2147483647",
                "{\"sample\":1001} | must be at most 1000",
                "{\"sample\":5,\"max_rate\":5} | goes without max_rate, expected and from",
            })
    void aSampleIsOfSomeKeysAndNothingElse(String body, String why) {
        assertThatThrownBy(() -> RebuildOptions.ofVerification(JSON.readTree(body)))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(problem ->
                        assertThat(problem.errors())
                                .containsExactly(new Problem.FieldError("sample", why)));
    }

    private static RebuildOptions of(String body) {
        return RebuildOptions.of(JSON.readTree(body));
    }
}
