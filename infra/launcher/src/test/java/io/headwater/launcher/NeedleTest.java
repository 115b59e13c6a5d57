package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeedleTest {

    private static final String KEY = "a/key+of the one";

    static Stream<String> kept() {
        return Stream.of("", "x", "xy", "xyz")
                .map(before -> before + KEY + "z")
                .flatMap(text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    String inUrl = URLEncoder.encode(text, StandardCharsets.UTF_8);
                    return Stream.of(
                            text,
                            inUrl,
                            URLEncoder.encode(inUrl.replace("+", " "), StandardCharsets.UTF_8),
                            HexFormat.of().formatHex(bytes),
                            Base64.getEncoder().encodeToString(bytes),
                            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
                });
    }

    @ParameterizedTest
    @MethodSource("kept")
    void isFoundHoweverItIsKept(String text) {
        byte[] bytes = ("{" + text + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(new Needle(KEY).in(bytes)).isTrue();
        assertThat(new Needle(KEY + "?").in(bytes)).isFalse();
    }
}
