package io.headwater.command.intake.preset;

import static io.headwater.command.intake.preset.Deliveries.normalised;
import static io.headwater.command.intake.preset.Deliveries.source;
import static io.headwater.command.intake.preset.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.Redaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalendlyPresetTest {

    private final CalendlyPreset preset = new CalendlyPreset();

    @Test
    void aBookingThatReplacesAnotherNamesIt() {
        var fact = normalised(preset, "calendly/created.json").facts().getFirst();

        assertThat(fact.kind()).isEqualTo("appointment_booked");
        assertThat(fact.factId())
                .isEqualTo("invitee.created:https://calendly.test/events/E1/invitees/I2");
        assertThat(fact.previousRef()).isEqualTo("https://calendly.test/events/E0/invitees/I1");
        assertThat(fact.fullName()).isEqualTo("Ada Byron");
        assertThat(fact.leadRef()).isEqualTo("main_019aa1b0000070008000000000000001");
        assertThat(fact.startsAt()).isEqualTo(Instant.parse("2026-11-25T14:15:00Z"));
        assertThat(fact.occurredAt()).isEqualTo(Instant.parse("2026-11-20T09:00:01Z"));
        assertThat(fact.without(new Redaction(List.of())).payload().toString())
                .doesNotContain("topsecret", "123456");
    }

    @Test
    void cancelsAndMarksNoShows() {
        var canceled = normalised(preset, "calendly/canceled.json").facts().getFirst();
        var noShow = normalised(preset, "calendly/no-show.json").facts().getFirst();
        var withdrawn =
                normalised(
                                preset,
                                source("calendly", Map.of(), "s"),
                                utf8(
                                        "{\"event\":\"invitee_no_show.deleted\",\"created_at\":\"2026-11-20T09:10:00Z\",\"payload\":{\"uri\":\"u\"}}"))
                        .facts()
                        .getFirst();

        assertThat(canceled.kind()).isEqualTo("appointment_canceled");
        assertThat(canceled.previousRef()).isNull();
        assertThat(noShow.kind()).isEqualTo("appointment_no_show");
        assertThat(noShow.factId()).endsWith("#https://calendly.test/invitee_no_shows/N1");
        assertThat(withdrawn.kind()).isEqualTo("appointment_no_show_withdrawn");
        assertThat(withdrawn.factId()).endsWith("u#2026-11-20T09:10:00Z");
    }

    @Test
    void ignoresOtherEventsAndPutsAsideWhatNamesNobody() {
        var source = source("calendly", Map.of(), "s");

        assertThat(normalised(preset, source, utf8("{\"event\":\"event_type.created\"}")).ignored())
                .containsExactly("event_type");
        var nobody =
                normalised(preset, source, utf8("{\"event\":\"invitee.created\",\"payload\":{}}"));
        assertThat(nobody.facts()).isEmpty();
        assertThat(nobody.submissions())
                .extracting(item -> item.flaw())
                .extracting(flaw -> flaw.detail())
                .containsExactly("payload.uri is missing");
    }
}
