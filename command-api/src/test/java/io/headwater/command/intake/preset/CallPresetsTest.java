package io.headwater.command.intake.preset;

import static io.headwater.command.intake.LeadField.*;
import static io.headwater.command.intake.preset.Samples.sent;
import static io.headwater.command.intake.preset.Samples.submission;
import static io.headwater.command.intake.preset.Samples.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.Redaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallPresetsTest {

    private final CallRailPreset callRail = new CallRailPreset();
    private final TwilioPreset twilio = new TwilioPreset();

    @Test
    void aCallIsASubmissionOfItsNumber() {
        var item = submission(callRail, "post-call.json");

        assertThat(item.providerId()).isEqualTo("9007199254740993");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FULL_NAME, "Rosa Diaz"),
                                Map.entry(PHONE, "+15125550123"),
                                Map.entry(CITY, "Austin"),
                                Map.entry(REGION, "TX"),
                                Map.entry(COUNTRY, "US"),
                                Map.entry(SEARCHED_KEYWORD, "roof repair"),
                                Map.entry(LEAD_SOURCE, "Google Ads"),
                                Map.entry(UTM_SOURCE, "google"),
                                Map.entry(UTM_MEDIUM, "cpc"),
                                Map.entry(UTM_CAMPAIGN, "Brand"),
                                Map.entry(GCLID, "G-7"),
                                Map.entry(PAGE_URL, "https://acme.test/?utm_medium=cpc"),
                                Map.entry(SUBMITTED_AT, "2026-11-19T13:41:00.236-05:00"),
                                Map.entry(EXTERNAL_ID, "9007199254740993")));
        assertThat(item.without(new Redaction(List.of())).payload().toString())
                .doesNotContain("tophiddenkey");
    }

    @Test
    void theOldNamesCountAndAQueryStringIsABody() {
        var item = submission(callRail, "legacy.query");

        assertThat(item.providerId()).isEqualTo("9007199254740995");
        assertThat(values(item.fields()))
                .containsEntry(FULL_NAME, "LEE ANN")
                .containsEntry(PHONE, "+15125550124")
                .containsEntry(UTM_SOURCE, "bing")
                .containsEntry(SUBMITTED_AT, "2026-11-19 18:41:00");
    }

    @Test
    void textMessagesAndFormsCountCallsOfOursDoNot() {
        assertThat(values(submission(callRail, "text-message.json").fields()))
                .containsEntry(MESSAGE, "Are you open?")
                .containsEntry(EXTERNAL_ID, "SMT018");
        assertThat(values(submission(callRail, "form.json").fields()))
                .containsEntry(EMAIL, "rosa@example.test")
                .containsEntry(MESSAGE, "Two windows")
                .doesNotContainKey(PHONE);
        assertThat(sent(callRail, "outbound.json").ignored()).containsExactly("outbound");
    }

    @Test
    void whoCallsOrWritesThroughTwilioIsASubmission() {
        var call = submission(twilio, "voice.urlencoded");
        var message = submission(twilio, "whatsapp.urlencoded");

        assertThat(call.providerId()).isEqualTo("CA00000000000000000000000000000001");
        assertThat(values(call.fields()))
                .containsEntry(PHONE, "+14155550101")
                .containsEntry(FULL_NAME, "MOSS ADA")
                .containsEntry(CITY, "OAKLAND");
        assertThat(message.providerId()).isEqualTo("SM01");
        assertThat(values(message.fields()))
                .containsEntry(PHONE, "+4915112345678")
                .containsEntry(FULL_NAME, "Jörg")
                .containsEntry(MESSAGE, "Hallo 👋, Termin?");
        assertThat(values(submission(twilio, "studio.json").fields()))
                .containsEntry(EMAIL, "flow@example.test")
                .containsEntry(PHONE, "+14155550102");
    }

    @Test
    void aWithheldNumberIsNoneAndStatesOfOurMessagesAreIgnored() {
        assertThat(values(submission(twilio, "withheld.urlencoded").fields()))
                .doesNotContainKey(PHONE);
        assertThat(sent(twilio, "status-of-ours.urlencoded").ignored()).containsExactly("outbound");
    }
}
