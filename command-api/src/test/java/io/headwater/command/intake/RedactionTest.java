package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private final Redaction redaction =
            new Redaction(List.of("s3cret-key-that-is-long", "k\"1\\2345678901234"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"google_key\" : \"x\" , \"a\":1.50} | {\"google_key\" : \"[redacted]\" , \"a\":1.50}",
                "{\"Google-Key\":12345,\"b\":2} | {\"Google-Key\":\"[redacted]\",\"b\":2}",
                "{\"password\":{\"a\":[\"}\",1]},\"b\":2} | {\"password\":\"[redacted]\",\"b\":2}",
                "{\"a\":\"my s3cret-key-that-is-long!\"} | {\"a\":\"[redacted]\"}",
                "{\"a\":\"s3cret\\u002dkey-that-is-long\"} | {\"a\":\"[redacted]\"}",
                "{\"s3cret-key-that-is-long\":1} | {\"[redacted]\":1}",
                "{\"a\":\"\\\"google_key\\\":1\"} | {\"a\":\"\\\"google_key\\\":1\"}",
                "{\"u\":\"https://z.test/j?pwd=abc&x=1\"} | {\"u\":\"https://z.test/j?pwd=[redacted]&x=1\"}",
                "{\"a\":\"k\\\"1\\\\2345678901234\"} | {\"a\":\"[redacted]\"}",
                "[1,\"x\",{}] | [1,\"x\",{}]"
            })
    void leavesEverythingElseAsItWasSent(String json, String redacted) {
        assertThat(redaction.ofJsonText(json)).isEqualTo(redacted);
    }

    @Test
    void theTreeLosesTheSame() {
        var tree =
                redaction.of(
                        Json.read(
                                "{\"google_key\":\"x\",\"l\":[{\"apiKey\":\"y\"},\"s3cret-key-that-is-long\"],\"n\":90071992547409931}"));

        assertThat(tree.toString())
                .isEqualTo(
                        "{\"google_key\":\"[redacted]\",\"l\":[{\"apiKey\":\"[redacted]\"},\"[redacted]\"],\"n\":90071992547409931}");
    }

    @Test
    void formsLoseTheSame() {
        assertThat(
                        redaction.ofFormText(
                                "a=1&API_KEY=zzz&b=s3cret-key-that-is-long&c=k%221%5C2345678901234"))
                .isEqualTo("a=1&API_KEY=[redacted]&b=[redacted]&c=[redacted]");
    }

    @Test
    void namesThatTellMayBeEncoded() {
        assertThat(redaction.ofFormText("api%5Fkey=zzz&pass%77ord=y&%zz=x&a=1"))
                .isEqualTo("api%5Fkey=[redacted]&pass%77ord=[redacted]&%zz=x&a=1");
    }

    @Test
    void partsLoseTheSame() {
        String multipart =
                """
                preamble\r
                --b\r
                Content-Disposition: form-data; name="a"\r
                \r
                Zoë\r
                --b\r
                Content-Disposition: form-data; name=API_KEY\r
                \r
                zzz\r
                zzz\r
                --b--\r
                """;

        var body =
                Body.parse(
                        "multipart/form-data; boundary=b",
                        multipart.getBytes(StandardCharsets.UTF_8),
                        Body.ANY);

        assertThat(redaction.ofBody(body)).isEqualTo(multipart.replace("zzz\r\nzzz", "[redacted]"));
    }

    @Test
    void aKeyThatOnlyTheDigestIsKnownOfIsFoundAsAWholeValueAndOnceItIsPresentedAnywhere() {
        var digested = new Redaction(List.of(KeyDigest.of("s3cret-key-that-is-long")));
        var whole = Json.read("{\"k\":\"s3cret-key-that-is-long\",\"n\":1}");
        var part = "{\"k\":\"my s3cret-key-that-is-long\"}";

        assertThat(digested.of(whole).toString()).isEqualTo("{\"k\":\"[redacted]\",\"n\":1}");
        assertThat(digested.ofJsonText(part)).isEqualTo(part);
        assertThat(digested.with("s3cret-key-that-is-long").ofJsonText(part))
                .isEqualTo("{\"k\":\"[redacted]\"}");
    }

    @Test
    void shortSecretsDoNotTearHoles() {
        var shortKey = new Redaction(List.of("example"));

        assertThat(shortKey.inText("test@example.com")).isEqualTo("test@example.com");
        assertThat(
                        shortKey.of(Json.read("{\"e\":\"test@example.com\",\"k\":\"example\"}"))
                                .toString())
                .isEqualTo("{\"e\":\"test@example.com\",\"k\":\"[redacted]\"}");
        assertThat(shortKey.ofJsonText("{\"example\":\"an example\",\"k\":\"example\"}"))
                .isEqualTo("{\"example\":\"an example\",\"k\":\"[redacted]\"}");
        assertThat(shortKey.ofFormText("e=test%40example.com&k=example"))
                .isEqualTo("e=test%40example.com&k=[redacted]");
        assertThat(new Redaction(List.of("a")).ofFormText("k=a")).isEqualTo("k=a");
    }
}
