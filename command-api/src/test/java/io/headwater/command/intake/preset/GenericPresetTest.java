package io.headwater.command.intake.preset;

import static io.headwater.command.intake.preset.Deliveries.fixture;
import static io.headwater.command.intake.preset.Deliveries.json;
import static io.headwater.command.intake.preset.Deliveries.normalised;
import static io.headwater.command.intake.preset.Deliveries.source;
import static io.headwater.command.intake.preset.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.signature.Reason;
import io.headwater.command.platform.KeyDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericPresetTest {

    private final GenericPreset preset = new GenericPreset();

    @Test
    void followsTheMapping() {
        var mapped =
                source(
                        "generic",
                        Map.of(
                                "email", "data.contact.email",
                                "phone_mobile", "data.contact.tel",
                                "first_name", "answers[0].value",
                                "lead_source", "meta[\"b.c\"]",
                                "external_id", "data.id",
                                "city", "answers[9].value"),
                        "key-123456");

        var item =
                normalised(preset, mapped, fixture("generic/nested.json")).submissions().getFirst();

        assertThat(item.fields().get(LeadField.EMAIL)).isEqualTo("nested@example.test");
        assertThat(item.fields().get(LeadField.PHONE)).isEqualTo("+442079460018");
        assertThat(item.fields().get(LeadField.FIRST_NAME)).isEqualTo("Nia");
        assertThat(item.fields().get(LeadField.LEAD_SOURCE)).isEqualTo("dotted");
        assertThat(item.fields().get(LeadField.CITY)).isNull();
        assertThat(item.providerId()).isEqualTo("1234567890123456789");
    }

    @Test
    void withoutMappingTheNamesOfLeadCaptureApply() {
        var item =
                normalised(
                                preset,
                                source("generic", Map.of(), "key-123456"),
                                utf8("{\"EMAIL\":\"a@example.test\",\"utm-source\":\"x\"}"))
                        .submissions()
                        .getFirst();

        assertThat(item.fields().get(LeadField.EMAIL)).isEqualTo("a@example.test");
        assertThat(item.fields().get(LeadField.UTM_SOURCE)).isEqualTo("x");
        assertThat(item.fields().get(LeadField.LEAD_SOURCE)).isEqualTo("Source");
        assertThat(item.providerId()).isNull();
    }

    @Test
    void severalItemsAreSeveralSubmissions() {
        var array =
                normalised(
                        preset,
                        source("generic", Map.of(), "key-123456"),
                        utf8("[{\"email\":\"a@example.test\"},{\"email\":\"b@example.test\"}]"),
                        "webhook-id",
                        "msg_9");
        var nested =
                normalised(
                        preset,
                        source("generic", Map.of("items", "leads", "email", "mail"), "key-123456"),
                        utf8(
                                "{\"leads\":[{\"mail\":\"a@example.test\"},{\"mail\":\"b@example.test\"}]}"));

        assertThat(array.submissions())
                .extracting(item -> item.providerId())
                .containsExactly("msg_9#0", "msg_9#1");
        assertThat(nested.submissions())
                .extracting(item -> item.fields().get(LeadField.EMAIL))
                .containsExactly("a@example.test", "b@example.test");
    }

    @Test
    void putsAsideWhatIsNoItem() {
        var source = source("generic", Map.of(), "key-123456");

        for (String body : List.of("[]", "[1]", "\"text\"")) {
            assertThat(normalised(preset, source, utf8(body)).submissions())
                    .extracting(item -> item.flaw())
                    .extracting(flaw -> flaw.code())
                    .as(body)
                    .containsExactly("unexpected-shape");
        }
    }

    @Test
    void keyOrSignatureAsTheSecretSays() {
        var keyed = source("generic", Map.of(), KeyDigest.of("key-123456"));
        var signed = source("generic", Map.of(), "whsec_aGVhZHdhdGVyLXRlc3Qta2V5LTI0Ynl0ZQ==");
        byte[] body = utf8("{\"type\":\"lead\",\"data\":{}}");

        assertThat(Deliveries.checked(preset, json(preset, body, "X-API-Key", "key-123456"), keyed))
                .isNull();
        assertThat(
                        Deliveries.checked(
                                preset,
                                json(preset, body, "Authorization", "Bearer key-123456"),
                                keyed))
                .isNull();
        assertThat(Deliveries.checked(preset, json(preset, body, "X-API-Key", "key-999999"), keyed))
                .isEqualTo(Reason.MISMATCH);
        assertThat(Deliveries.checked(preset, json(preset, body), keyed))
                .isEqualTo(Reason.MISSING_HEADER);
        assertThat(
                        Deliveries.checked(
                                preset,
                                json(
                                        preset,
                                        body,
                                        "webhook-id",
                                        "msg_1",
                                        "webhook-timestamp",
                                        "1795222440",
                                        "webhook-signature",
                                        "v1,gVokt1ve8tdr5Q1lOkkgA8CpqjLGutJ+CzAlvAMhrUk="),
                                signed))
                .isNull();
        assertThat(
                        Deliveries.checked(
                                preset,
                                json(
                                        preset,
                                        body,
                                        "X-API-Key",
                                        "whsec_aGVhZHdhdGVyLXRlc3Qta2V5LTI0Ynl0ZQ=="),
                                signed))
                .isEqualTo(Reason.MISSING_HEADER);
    }

    @Test
    void understandsFlattenedNamesButNotThoseOfOthers() {
        var item = Samples.submission(preset, "flattened.urlencoded");

        assertThat(Samples.values(item.fields()))
                .containsEntry(LeadField.EMAIL, "zap@example.test")
                .containsEntry(LeadField.FIRST_NAME, "Zap")
                .containsEntry(LeadField.PHONE, "+44 20 7946 0018")
                .containsEntry(LeadField.UTM_SOURCE, "zapier")
                .containsEntry(LeadField.LEAD_SOURCE, "Source");
        assertThat(item.payload().path("order__id").asString()).isEqualTo("9007199254740993");
    }

    @Test
    void understandsListsOfQuestionsAndAnswers() {
        assertThat(Samples.values(Samples.submission(preset, "pairs.json").fields()))
                .containsEntry(LeadField.EMAIL, "pairs@example.test")
                .containsEntry(LeadField.PHONE, "+44 20 7946 0019")
                .containsEntry(LeadField.FIRST_NAME, "Pia");
    }

    @Test
    void readsXmlAndQueryStrings() {
        var xml = Samples.submission(preset, "lead.xml");

        assertThat(Samples.values(xml.fields())).containsEntry(LeadField.EMAIL, "xml@example.test");
        assertThat(xml.payload().toString()).contains("9007199254740993", "Roof", "Solar");
        assertThat(Samples.values(Samples.submission(preset, "asked.query").fields()))
                .containsEntry(LeadField.FULL_NAME, "Gül")
                .containsEntry(LeadField.UTM_SOURCE, "q");
    }

    @Test
    void anItemKeepsTheBodyAroundIt() {
        var mapped =
                source(
                        "generic",
                        Map.of("items", "leads", "email", "mail", "external_id", "ref"),
                        "key-123456");

        var items = Samples.sent(preset, mapped, "items.json", "webhook-id", "msg_7").submissions();

        assertThat(items)
                .extracting(item -> item.providerId())
                .containsExactly("msg_7#0", null, "msg_7#2");
        assertThat(items.get(1).flaw()).isNotNull();
        assertThat(items.getLast().payload().toString())
                .contains("\"form\":\"Quote\"", "two@example.test")
                .doesNotContain("one@example.test");
        assertThat(items.getFirst().fields().get(LeadField.EXTERNAL_ID))
                .isEqualTo("9007199254740993");
    }
}
