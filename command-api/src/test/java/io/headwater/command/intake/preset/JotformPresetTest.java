package io.headwater.command.intake.preset;

import static io.headwater.command.intake.LeadField.*;
import static io.headwater.command.intake.preset.Samples.flaw;
import static io.headwater.command.intake.preset.Samples.sent;
import static io.headwater.command.intake.preset.Samples.submission;
import static io.headwater.command.intake.preset.Samples.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JotformPresetTest {

    private final JotformPreset preset = new JotformPreset();

    @Test
    void readsTheAnswersInsideOfTheForm() {
        var item = submission(preset, "submission.multipart");

        assertThat(item.providerId()).isEqualTo("9007199254740995001");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FIRST_NAME, "Ýrsa"),
                                Map.entry(LAST_NAME, "Björk"),
                                Map.entry(EMAIL, "yrsa@example.test"),
                                Map.entry(PHONE, "+354 611 1234"),
                                Map.entry(MESSAGE, "Please call\nafter five"),
                                Map.entry(CITY, "Keflavík"),
                                Map.entry(REGION, "Suðurnes"),
                                Map.entry(COUNTRY, "Iceland"),
                                Map.entry(UTM_SOURCE, "newsletter"),
                                Map.entry(TIME_TO_SUBMIT, "41"),
                                Map.entry(USER_IP, "198.51.100.7"),
                                Map.entry(PROJECT_NAME, "Roof check"),
                                Map.entry(LEAD_SOURCE, "Jotform"),
                                Map.entry(EXTERNAL_ID, "9007199254740995001")));
        assertThat(item.payload().at("/rawRequest/plan/0").asString()).endsWith("/plan.pdf");
        assertThat(item.payload().at("/rawRequest/q6_whichServices")).hasSize(2);
    }

    @Test
    void anEmptyAnswerIsNone() {
        var item = submission(preset, "without-mail.urlencoded");

        assertThat(values(item.fields()))
                .containsEntry(FULL_NAME, "Omar Haddad")
                .containsEntry(PHONE, "+49 30 901820")
                .doesNotContainKey(EMAIL);
    }

    @Test
    void answersThatAreNoJsonArePutAside() {
        assertThat(flaw(sent(preset, "broken-answers.urlencoded"))).isEqualTo("unexpected-shape");
    }
}
