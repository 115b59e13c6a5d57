package io.headwater.command.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.web.body.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a.b | 1",
                "list[0].v | x",
                "list[1] | y",
                "[\"a\"].b | 1",
                "odd[\"b.c\"] | dotted",
                "odd[\"q\\\"q\"] | quoted",
                "big | 12345678901234567890123"
            })
    void finds(String path, String value) {
        assertThat(Paths.text(TREE, path)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a",
                "none",
                "a.b.c",
                "list[7]",
                "list[x]",
                "a[",
                "odd[\"open",
                "a..b",
                "list[99999999999]"
            })
    void nothingThere(String path) {
        assertThat(Paths.text(TREE, path)).isNull();
    }

    private static final tools.jackson.databind.JsonNode TREE =
            Json.read(
                    """
                    {"a":{"b":1},"list":[{"v":"x"},"y"],"odd":{"b.c":"dotted","q\\"q":"quoted"},
                     "big":12345678901234567890123}\
                    """);
}
