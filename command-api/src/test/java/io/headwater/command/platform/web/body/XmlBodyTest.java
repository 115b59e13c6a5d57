package io.headwater.command.platform.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlBodyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<lead><email>a@b</email></lead> | {\"lead\":{\"email\":\"a@b\"}}",
                "<l id=\"7\">text</l> | {\"l\":{\"@id\":\"7\",\"#text\":\"text\"}}",
                "<l><p>1</p><p>2</p><q/></l> | {\"l\":{\"p\":[\"1\",\"2\"],\"q\":\"\"}}",
                "<l><p><a>1</a></p><p>2</p><p/></l> | {\"l\":{\"p\":[{\"a\":\"1\"},\"2\",\"\"]}}",
                "<x:l xmlns:x=\"urn:x\"><x:n>1</x:n></x:l> | {\"l\":{\"n\":\"1\"}}",
                "<l><n>&lt;&amp;&#65;<![CDATA[<b>]]></n><!-- no --></l> | {\"l\":{\"n\":\"<&A<b>\"}}",
                "<l><id>9007199254740993</id></l> | {\"l\":{\"id\":\"9007199254740993\"}}"
            })
    void isTheTreeOfItsElements(String xml, String json) {
        assertThat(parsed("application/xml", xml.getBytes(UTF_8)).tree().toString())
                .isEqualTo(json);
    }

    @Test
    void theCharsetIsTheTypesElseTheDocuments() {
        String document = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><l>Zoë</l>";

        assertThat(parsed("text/xml", document.getBytes(ISO_8859_1)).tree().get("l").asString())
                .isEqualTo("Zoë");
        assertThat(
                        parsed("application/soap+xml; charset=UTF-8", "<l>Zoë</l>".getBytes(UTF_8))
                                .tree()
                                .get("l")
                                .asString())
                .isEqualTo("Zoë");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY e \"ee\"><!ENTITY f \"&e;&e;\">]><a>&f;</a>",
                "<a>&e;</a>"
            })
    void whatIsBrokenOrDeclaresTypesIsRefused(String xml) {
        assertThatThrownBy(() -> parsed("application/xml", xml.getBytes(UTF_8)))
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessageNotContaining("file:");
    }

    @Test
    void depthAndNumberOfElementsAreLimited() {
        String deep = "<a>".repeat(65) + "</a>".repeat(65);
        String wide = "<a>" + "<b/>".repeat(XmlBody.MAX_NODES) + "</a>";

        assertThatThrownBy(() -> parsed("application/xml", deep.getBytes(UTF_8)))
                .hasMessageContaining("too deep");
        assertThatThrownBy(() -> parsed("application/xml", wide.getBytes(UTF_8)))
                .hasMessageContaining("too many");
    }

    private static Body parsed(String type, byte[] bytes) {
        return Body.parse(type, bytes, Body.ANY);
    }
}
