package io.headwater.command.intake.preset;

import static io.headwater.command.intake.LeadField.*;
import static io.headwater.command.intake.preset.Samples.sent;
import static io.headwater.command.intake.preset.Samples.submission;
import static io.headwater.command.intake.preset.Samples.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.provider.Delivery;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventPresetsTest {

    private final SegmentPreset segment = new SegmentPreset();
    private final CloudEventsPreset cloudEvents = new CloudEventsPreset();

    @Test
    void anIdentifyIsASubmission() {
        var item = submission(segment, "identify.json");

        assertThat(item.providerId()).isEqualTo("m-1");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FIRST_NAME, "Ned"),
                                Map.entry(LAST_NAME, "Roy"),
                                Map.entry(EMAIL, "ned@example.test"),
                                Map.entry(PHONE, "+61 2 5550 1234"),
                                Map.entry(CITY, "Sydney"),
                                Map.entry(REGION, "NSW"),
                                Map.entry(COUNTRY, "Australia"),
                                Map.entry(USER_IP, "203.0.113.20"),
                                Map.entry(USER_AGENT, "Mozilla/5.0"),
                                Map.entry(TIMEZONE, "Australia/Sydney"),
                                Map.entry(UTM_SOURCE, "news"),
                                Map.entry(UTM_MEDIUM, "email"),
                                Map.entry(UTM_CAMPAIGN, "spring"),
                                Map.entry(GCLID, "G-9"),
                                Map.entry(PAGE_URL, "https://acme.test/?gclid=G-9"),
                                Map.entry(REFERRED_BY, "https://search.test/"),
                                Map.entry(SUBMITTED_AT, "2026-11-20T10:00:00.000Z"),
                                Map.entry(EXTERNAL_ID, "m-1"),
                                Map.entry(LEAD_SOURCE, "Segment")));
    }

    @Test
    void aTrackIsOneWhenItNamesAPerson() {
        assertThat(values(submission(segment, "track.json").fields()))
                .containsEntry(EMAIL, "ned@example.test")
                .containsEntry(FULL_NAME, "Ned Roy")
                .containsEntry(MESSAGE, "Two rooms");
        assertThat(sent(segment, "track-of-nobody.json").ignored()).containsExactly("nobody_named");
    }

    @Test
    void aBadCallOfABatchHarmsNoOther() {
        var batch = sent(segment, "batch.json");

        assertThat(batch.submissions())
                .extracting(SubmissionItem::providerId)
                .containsExactly("m-1", null);
        assertThat(batch.submissions().getLast().flaw()).isNotNull();
        assertThat(batch.ignored()).containsExactly("event_type");
        assertThat(batch.submissions().getFirst().payload().path("batch")).hasSize(1);
    }

    @Test
    void aStructuredEventIsKnownByItsSourceAndId() {
        var item = submission(cloudEvents, "structured.json");

        assertThat(item.providerId()).isEqualTo("/forms/9#9007199254740993");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FULL_NAME, "Cai Bos"),
                                Map.entry(EMAIL, "cai@example.test"),
                                Map.entry(PHONE, "+31 20 555 0134"),
                                Map.entry(SUBMITTED_AT, "2026-11-20T10:00:00Z"),
                                Map.entry(EXTERNAL_ID, "/forms/9#9007199254740993"),
                                Map.entry(LEAD_SOURCE, "Source")));
    }

    @Test
    void dataMayBeTextOfAnotherTypeOrBase64() {
        assertThat(values(submission(cloudEvents, "xml-data.json").fields()))
                .containsEntry(EMAIL, "cai@example.test")
                .containsEntry(FIRST_NAME, "Cai");
        assertThat(values(submission(cloudEvents, "base64-data.json").fields()))
                .containsEntry(EMAIL, "cai@example.test");
    }

    @Test
    void aBatchIsJudgedEventByEvent() {
        var batch = sent(cloudEvents, "batch.json");

        assertThat(batch.submissions())
                .extracting(SubmissionItem::providerId)
                .containsExactly("/forms/9#9007199254740993", null, "/forms/9#x-5");
        assertThat(batch.submissions())
                .extracting(item -> item.flaw() != null)
                .containsExactly(false, true, false);
    }

    @Test
    void aBinaryEventIsKeptInStructuredForm() {
        var item =
                submission(
                        cloudEvents,
                        "binary.xml",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "9007199254740993",
                        "ce-source",
                        "/forms/a%20b",
                        "ce-type",
                        "com.acme.lead",
                        "ce-time",
                        "2026-11-20T10:00:00+00:00",
                        "CE-Partner",
                        "nörth".replace("ö", "%C3%B6"));

        assertThat(item.providerId()).isEqualTo("/forms/a b#9007199254740993");
        assertThat(item.payload().path("partner").asString()).isEqualTo("nörth");
        assertThat(item.payload().path("time").asString()).isEqualTo("2026-11-20T10:00:00+00:00");
        assertThat(values(item.fields())).containsEntry(EMAIL, "cai@example.test");
    }

    @Test
    void theSenderIsGivenLeaveAndARate() {
        var asked =
                new Delivery(
                        "OPTIONS",
                        () -> "",
                        null,
                        Delivery.Headers.of(
                                Map.of(
                                        "WebHook-Request-Origin", "events.example.test",
                                        "WebHook-Request-Rate", "120")),
                        new byte[0],
                        cloudEvents.accepts(),
                        Deliveries.NOW);

        var answer = cloudEvents.handshake(asked, Deliveries.source("cloudevents", Map.of()));

        assertThat(Objects.requireNonNull(answer).headers())
                .containsEntry("WebHook-Allowed-Origin", "events.example.test")
                .containsEntry("WebHook-Allowed-Rate", "*");
    }
}
