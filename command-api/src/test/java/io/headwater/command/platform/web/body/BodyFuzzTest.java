package io.headwater.command.platform.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Bodies of any type: the first line is the content type, `?` for a query string; the rest is what
/// came.
class BodyFuzzTest {

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "application/json\n"
                                + "{\"email\":\"ada@example.test\",\"n\":1.50,\"l\":[null,\"\\u0000\"]}",
                        "text/plain;charset=utf-16\n{}",
                        "application/x-www-form-urlencoded\na=1&b%5B%5D=2&b[]=3&c[d][0]=%E2%82%AC",
                        "application/x-www-form-urlencoded;charset=iso-8859-1\nname=J%F6rg",
                        "multipart/form-data; boundary=b\n"
                                + "--b\r\n"
                                + "Content-Disposition: form-data; name=\"a\"\r\n\r\n"
                                + "1\r\n"
                                + "--b\r\n"
                                + "content-disposition: form-data; name=f;"
                                + " filename=\"x\\\"y.txt\"\r\n\r\n"
                                + "z\r\n"
                                + "--b--\r\n",
                        "multipart/form-data; boundary=\"b b\"; charset=utf-16\n"
                                + "--b b\n"
                                + "Content-Disposition: form-data; name=a\n\n"
                                + "1\n"
                                + "--b b--",
                        "application/xml\n"
                                + "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><lead"
                                + " id=\"7\"><e>a&amp;b</e><e><![CDATA[c]]></e></lead>",
                        "text/xml\n"
                                + "<!DOCTYPE l [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><l>&e;</l>",
                        "?\na=1&b=%ff&c[d]=2")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] input) {
        var parts = Split.atFirstLine(input);
        try {
            var body =
                    parts.line().equals("?")
                            ? Body.ofQuery(new String(parts.rest(), StandardCharsets.UTF_8))
                            : Body.parse(parts.line(), parts.rest(), Body.ANY);
            assertClean(body.tree());
            assertThat(Json.read(Json.canonical(body.tree())).isMissingNode()).isFalse();
            if (body.kind() == Body.Kind.MULTIPART) {
                body.withParts((name, content) -> content);
            }
        } catch (UnreadableBodyException | UnsupportedBodyException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    /// What PostgreSQL and UTF-8 cannot hold is in no name and no value.
    private static void assertClean(JsonNode tree) {
        if (tree.isString()) {
            assertThat(Text.clean(tree.stringValue())).isEqualTo(tree.stringValue());
        }
        tree.properties()
                .forEach(member ->
                        assertThat(Text.clean(member.getKey())).isEqualTo(member.getKey()));
        tree.forEach(BodyFuzzTest::assertClean);
    }
}
