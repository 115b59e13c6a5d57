package io.headwater.command.platform.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    @ParameterizedTest
    @CsvSource({
        "9007199254740993",
        "12345678901234567890123456789",
        "-0.10",
        "1.50",
        "123.4567890123456789012345"
    })
    void numbersKeepEveryDigit(String number) {
        var body = json("{\"n\":" + number + "}");

        assertThat(Json.text(body.tree().get("n"))).isEqualTo(number);
        assertThat(Json.write(body.tree())).isEqualTo("{\"n\":" + number + "}");
    }

    @Test
    void formsAreObjectsAndRepeatedNamesArrays() {
        var body = form("a=1&b=x+y&a=2&c&=e&a=3&d=%E2%82%AC", "");

        assertThat(body.tree().toString())
                .isEqualTo(
                        "{\"a\":[\"1\",\"2\",\"3\"],\"b\":\"x y\",\"c\":\"\",\"\":\"e\",\"d\":\"€\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "lead[email]=e&lead[name]=n|{\"lead\":{\"email\":\"e\",\"name\":\"n\"}}",
                "a[]=1|{\"a\":[\"1\"]}",
                "a[]=1&a[]=2|{\"a\":[\"1\",\"2\"]}",
                "f[1][v]=y&f[0][v]=x|{\"f\":[{\"v\":\"x\"},{\"v\":\"y\"}]}",
                "f[2]=x|{\"f\":{\"2\":\"x\"}}",
                "r[][n]=1&r[][v]=2&r[][n]=3|{\"r\":[{\"n\":\"1\",\"v\":\"2\"},{\"n\":\"3\"}]}",
                "a[b]=1&a[b]=2|{\"a\":{\"b\":[\"1\",\"2\"]}}",
                "a=1&a[b]=2|{\"a\":\"1\",\"a[b]\":\"2\"}",
                "a[b][c]=1&a[b]=2|{\"a\":{\"b\":{\"c\":\"1\"}},\"a[b]\":\"2\"}",
                "a[b=1&[c]=2&d[e]f=3&g]=4|{\"a[b\":\"1\",\"[c]\":\"2\",\"d[e]f\":\"3\",\"g]\":\"4\"}",
                "a[999999999]=1|{\"a\":{\"999999999\":\"1\"}}"
            })
    void bracketsNest(String sent, String read) {
        assertThat(form(sent, "").tree()).hasToString(read);
        assertThat(Body.ofQuery(sent).tree()).hasToString(read);
    }

    @Test
    void bracketsNestInMultipartAndNotForEver() {
        String deep = "a" + "[b]".repeat(2_000);
        String multipart =
                "--x\r\nContent-Disposition: form-data; name=\"q3_name[first]\"\r\n\r\nMae\r\n--x--";

        assertThat(form(deep + "=1", "").tree().get(deep).stringValue()).isEqualTo("1");
        assertThat(
                        Body.parse(
                                        "multipart/form-data; boundary=x",
                                        multipart.getBytes(UTF_8),
                                        Body.ANY)
                                .tree())
                .hasToString("{\"q3_name\":{\"first\":\"Mae\"}}");
        assertThat(Body.query("a[b]=1")).hasToString("{\"a[b]\":\"1\"}");
    }

    @Test
    void charsetsAreHonoured() {
        var form = form("n=B%E4r", ";charset=iso-8859-1");
        var json =
                Body.parse(
                        "application/json; charset=\"ISO-8859-1\"",
                        "{\"n\":\"Bär\"}".getBytes(ISO_8859_1),
                        Body.ANY);

        assertThat(form.tree().get("n").stringValue()).isEqualTo("Bär");
        assertThat(json.tree().get("n").stringValue()).isEqualTo("Bär");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json",
        "application/vnd.api+json",
        "Application/JSON; charset=utf-8",
        "text/plain;charset=UTF-8",
        "application/cloudevents+json"
    })
    void severalNamesOfJson(String type) {
        assertThat(Body.parse(type, "\uFEFF{}".getBytes(UTF_8), Body.ANY).kind())
                .isEqualTo(Body.Kind.JSON);
    }

    @Test
    void emptyValuesStay() {
        String multipart =
                "preamble\r\n--x\r\ncontent-disposition: FORM-DATA; NAME=\"e\"\r\n\r\n\r\n"
                        + "--x\r\nContent-Disposition: form-data; filename=\"f.bin\"; name=\"f\"\r\n\r\n\u0000\r\n--x--\r\nepilogue";

        var body =
                Body.parse(
                        "multipart/form-data; boundary=\"x\"", multipart.getBytes(UTF_8), Body.ANY);

        assertThat(body.tree().toString()).isEqualTo("{\"e\":\"\",\"f\":\"f.bin\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=email | {\"email\":\"v\"}",
                "form-data;name = email ; x | {\"email\":\"v\"}",
                "form-data; name=cv; filename=cv.pdf; filename*=utf-8''cv.pdf | {\"cv\":\"cv.pdf\"}",
                "form-data; filename=\"a; name=b.txt\"; name=\"c\" | {\"c\":\"a; name=b.txt\"}",
                "form-data; name=\"a\\\"b\" | {\"a\\\"b\":\"v\"}",
                "form-data; name=\"a%22b\" | {\"a\\\"b\":\"v\"}"
            })
    void namesOfPartsAreQuotedOrNot(String disposition, String fields) {
        assertThat(multipart(disposition).tree().toString()).isEqualTo(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"form-data", "form-data; filename=\"name=a\"", "form-data; names=a"})
    void aPartWithoutANameIsUnreadable(String disposition) {
        assertThatThrownBy(() -> multipart(disposition))
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage("a part has no name");
    }

    @Test
    void lineFeedsAloneEndTheLinesOfMultipartToo() {
        String text =
                """
                --x
                Content-Disposition: form-data; name="a"

                one
                two
                --x
                Content-Disposition: form-data; name="b"


                --x--
                """;

        assertThat(
                        Body.parse(
                                        "multipart/form-data; boundary=x",
                                        text.getBytes(UTF_8),
                                        Body.ANY)
                                .tree()
                                .toString())
                .isEqualTo("{\"a\":\"one\\ntwo\",\"b\":\"\"}");
    }

    private static Body multipart(String disposition) {
        String text = "--x\r\nContent-Disposition: " + disposition + "\r\n\r\nv\r\n--x--\r\n";
        return Body.parse("multipart/form-data; boundary=x", text.getBytes(UTF_8), Body.ANY);
    }

    @Test
    void onlyWhatIsAccepted() {
        assertThatThrownBy(() ->
                        Body.parse(
                                "application/x-www-form-urlencoded",
                                "a=b".getBytes(UTF_8),
                                Body.ONLY_JSON))
                .isInstanceOf(UnsupportedBodyException.class);
        assertThatThrownBy(() -> Body.parse("text/html", new byte[] {1}, Body.ANY))
                .isInstanceOf(UnsupportedBodyException.class);
    }

    @Test
    void textIsCleanedOnlyWhereItMustBe() {
        String clean = "a\uD83D\uDE00b";

        assertThat(Text.clean(clean)).isEqualTo(clean);
        assertThat(Text.clean("\uDE00\uD83D\u0000")).isEqualTo("\uFFFD\uFFFD\uFFFD");
        assertThat(Text.field("  \u0000 ", 10)).isEqualTo("\uFFFD");
        assertThat(Text.field("   ", 10)).isNull();
    }

    @Test
    void canonicalIsTheSameForTheSame() {
        assertThat(Json.canonical(Json.read("{\"b\":[{\"y\":1,\"x\":2}],\"a\":null}")))
                .isEqualTo("{\"a\":null,\"b\":[{\"x\":2,\"y\":1}]}");
    }

    private static Body json(String text) {
        return Body.parse("application/json", text.getBytes(UTF_8), Body.ANY);
    }

    private static Body form(String text, String parameters) {
        return Body.parse(
                "application/x-www-form-urlencoded" + parameters,
                text.getBytes(ISO_8859_1),
                Body.ANY);
    }
}
