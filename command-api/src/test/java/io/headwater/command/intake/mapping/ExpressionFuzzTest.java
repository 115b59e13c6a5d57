package io.headwater.command.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Split;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The language of mappings: the first line is an expression, the rest a body.
class ExpressionFuzzTest {

    private static final String BODY =
            "{\"a\":{\"b\":1,\"x"
                    + " y\":\"z\"},\"list\":[\"x\",[1],{\"n\":2}],\"f\":[{\"name\":\"email\",\"value\":\"A\"}]}";

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "a.b",
                        "$['a']['x y'] || list[-1].n",
                        "list[*].n",
                        "f[?(@.name == 'email')].value",
                        "f[?(@.name != \"phone\")]",
                        "first + ' ' + upper(a.b)",
                        "first_word(last_word(trim(lower(a))))",
                        "[999999]",
                        "a.*.*")
                .map(text -> (text + "\n" + BODY).getBytes(StandardCharsets.UTF_8))
                .map(seed -> Arguments.of((Object) seed));
    }

    @MethodSource("seeds")
    @FuzzTest
    void findsSomethingNothingOrSaysWhatIsWrong(byte[] input) {
        var parts = Split.atFirstLine(input);
        JsonNode body;
        try {
            body = Json.read(parts.text());
        } catch (UnreadableBodyException noJson) {
            return;
        }
        // not by way of Expression#of, which keeps what it parsed
        try {
            var expression = new ExpressionParser(parts.line()).parse();
            String text = expression.text(body);
            if (text != null) {
                assertThat(text).isNotBlank();
            }
            var elements = expression.elements(body);
            var narrowing = new Narrowing(body, elements);
            elements.forEach(element -> assertThat(narrowing.to(element, element)).isNotNull());
        } catch (ExpressionException wrong) {
            assertThat(wrong.getMessage()).isNotBlank();
        }
        Paths.with(body, "a.b", body);
    }
}
