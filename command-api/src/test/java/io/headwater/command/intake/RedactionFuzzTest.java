package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Split;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is kept of a body: the first line is its content type, the rest what came.
class RedactionFuzzTest {

    private static final String SECRET = "5Fz8ZbKfYw2mXqTn7RkLc3Vd";

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "application/json\n"
                                + "{\"a\":\"{\\\"password\\\":\\\"x\\\"}\",\"u\":\"https://a.test/?token=1&pwd=%zz\",\"5Fz8ZbKfYw2mXqTn7RkLc3Vd\":[\"5Fz8ZbKfYw2mXqTn7RkLc3Vd\"]}",
                        "application/x-www-form-urlencoded\n"
                                + "lead[password]=x&k=5Fz8ZbKfYw2mXqTn7RkLc3Vd&=&&a%",
                        "multipart/form-data; boundary=b\n"
                                + "--b\r\n"
                                + "Content-Disposition: form-data; name=\"secret\"\r\n\r\n"
                                + "x\r\n"
                                + "--b\r\n"
                                + "Content-Disposition: form-data; name=a\r\n\r\n"
                                + "5Fz8ZbKfYw2mXqTn7RkLc3Vd\r\n"
                                + "--b--",
                        "application/xml\n"
                                + "<l password='x'><secret>y</secret><!-- 5Fz8ZbKfYw2mXqTn7RkLc3Vd"
                                + " --><a><![CDATA[5Fz8ZbKfYw2mXqTn7RkLc3Vd]]></a></l>",
                        "?\napi_key=5Fz8ZbKfYw2mXqTn7RkLc3Vd")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void noSecretIsKept(byte[] input) {
        var parts = Split.atFirstLine(input);
        var redaction = new Redaction(List.of(SECRET));
        assertThat(redaction.inText(parts.text())).doesNotContain(SECRET);
        try {
            var body =
                    parts.line().equals("?")
                            ? Body.ofQuery(parts.text())
                            : Body.parse(parts.line(), parts.rest(), Body.ANY);
            assertThat(redaction.ofBody(body)).doesNotContain(SECRET);
            assertThat(redaction.of(body.tree()).toString()).doesNotContain(SECRET);
        } catch (UnreadableBodyException | UnsupportedBodyException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
