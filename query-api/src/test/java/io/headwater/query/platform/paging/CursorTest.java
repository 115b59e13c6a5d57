package io.headwater.query.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headwater.query.platform.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"lead-1", "with\nlines\n", "ünïcode 🦊", "'; drop table x; --"})
    void comesBackAsItWent(String id) {
        var cursor = new Cursor("created_at_desc", "2026-11-21T00:00:00.123456Z", id);

        assertThat(Cursor.decode("cursor", cursor.encode())).isEqualTo(cursor);
        assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "abc", "created_at_desc", "a=b", " "})
    void refusesWhatItDidNotGiveOut(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Cursor.decode("cursor", text))
                .satisfies(e -> assertThat(e.errors().getFirst().field()).isEqualTo("cursor"));
    }

    @Test
    void refusesBrokenUtf8AndEndlessText() {
        String broken =
                Base64.getUrlEncoder()
                        .encodeToString("a\nb\n\u00ff".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Cursor.decode("cursor", broken));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Cursor.decode("cursor", "a".repeat(3_000)));
    }
}
