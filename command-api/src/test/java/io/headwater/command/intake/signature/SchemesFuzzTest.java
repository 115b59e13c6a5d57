package io.headwater.command.intake.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Split;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Forged proofs for every scheme. Lines: the scheme, its options (`name=value` joined by `;`), the
/// URL's end, the value that stands in every header a proof is looked for in; the rest is the body.
class SchemesFuzzTest {

    /// Not to be guessed: a request that is found authentic is a hole.
    private static final Map<String, List<String>> SECRETS =
            Map.of(
                    "text", List.of("5Fz8ZbKfYw2mXqTn7RkLc3Vd9Hs4Jp6G"),
                    "base64", List.of("whsec_NUZ6OFpiS2ZZdzJtWHFUbjdSa0xjM1ZkOUhzNEpwNkc="),
                    "key", List.of("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));

    static Stream<Arguments> seeds() {
        return Stream.concat(
                        Schemes.names().stream()
                                .flatMap(scheme ->
                                        Stream.of(
                                                scheme
                                                        + "\n\n"
                                                        + "?token=x&api_key=x&access_token=x\n"
                                                        + "sha256=00ff\n"
                                                        + "{\"google_key\":\"x\"}",
                                                scheme
                                                        + "\n\n\n"
                                                        + "t=1790000000,v1=00ff,v0=00\n"
                                                        + "{\"signature\":{\"timestamp\":1,\"token\":\"t\",\"signature\":\"s\"}}")),
                        Stream.of(
                                "hmac\n"
                                        + "header=X-S;algorithm=sha512;encoding=base64;signed={time}.{method}.{url}.{path}.{header:X-A}.{body};time_header=X-T;time_unit=milliseconds;tolerance_seconds=86400;prefix=v1=\n"
                                        + "?a=%zz\n"
                                        + "v1=AAAA\n"
                                        + "body"))
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void nothingForgedIsAuthentic(byte[] input) {
        var scheme = Split.atFirstLine(input);
        var options = Split.atFirstLine(scheme.rest());
        var url = Split.atFirstLine(options.rest());
        var value = Split.atFirstLine(url.rest());
        if (!Schemes.names().contains(scheme.line())) {
            return;
        }
        var request =
                new AnyHeader(
                        "https://hooks.example.test/webhooks/x/s1" + url.line(),
                        value.line(),
                        value.rest());
        var told = options(options.line());
        for (var secrets : SECRETS.values()) {
            Schemes.wrongIn(scheme.line(), told, secrets);
            try {
                assertThat(
                                Schemes.verifier(
                                                scheme.line(),
                                                told,
                                                secrets.stream()
                                                        .map(s -> Schemes.kept(scheme.line(), s))
                                                        .toList())
                                        .check(request))
                        .isNotNull();
            } catch (UnreadableBodyException unreadable) {
                assertThat(unreadable.getMessage()).isNotBlank();
            }
        }
    }

    /// Whatever header is asked for is there.
    private record AnyHeader(String url, String value, byte[] bytes) implements SignedRequest {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String header(String name) {
            return value;
        }

        @Override
        public ObjectNode query() {
            int mark = url.indexOf('?');
            return Body.query(mark < 0 ? null : url.substring(mark + 1));
        }

        @Override
        public JsonNode tree() {
            return Json.read(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public Instant receivedAt() {
            return Instant.ofEpochSecond(1_790_000_000);
        }
    }

    private static Map<String, String> options(String line) {
        var options = new TreeMap<String, String>();
        Arrays.stream(line.split(";"))
                .filter(option -> option.indexOf('=') > 0)
                .forEach(option ->
                        options.put(
                                option.substring(0, option.indexOf('=')),
                                option.substring(option.indexOf('=') + 1)));
        return options;
    }
}
