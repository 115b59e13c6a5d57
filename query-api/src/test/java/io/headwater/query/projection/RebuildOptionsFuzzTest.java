package io.headwater.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.query.platform.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bodies of rebuilds and verifications.
class RebuildOptionsFuzzTest {

    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "{\"max_rate\":5000,\"expected\":[\"leads.country\",\"lead_money\"],\"from\":\"archive\"}",
                        "{\"sample\":1000}",
                        "{\"max_rate\":1e400,\"expected\":[[]],\"from\":{},\"sample\":-1}",
                        "[]")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void areReadOrNamedAsWrong(byte[] input) {
        JsonNode body;
        try {
            body = JSON.readTree(input);
        } catch (JacksonException noJson) {
            return; // answered by Spring
        }
        try {
            assertThat(RebuildOptions.of(body).toJson()).isNotNull();
            assertThat(RebuildOptions.ofVerification(body).toJson()).isNotNull();
        } catch (ProblemException refused) {
            assertThat(refused.errors()).isNotEmpty();
        }
    }
}
