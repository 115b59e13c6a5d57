package io.headwater.command.intake.preset;

import static io.headwater.command.intake.LeadField.*;
import static io.headwater.command.intake.preset.Samples.flaw;
import static io.headwater.command.intake.preset.Samples.sent;
import static io.headwater.command.intake.preset.Samples.submission;
import static io.headwater.command.intake.preset.Samples.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.command.intake.FactItem;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalComPresetTest {

    private final CalComPreset preset = new CalComPreset();

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    created,      appointment_booked,      bk-1, BOOKING_CREATED:bk-1,   ,     2026-12-01T14:00:00Z
                    rescheduled,  appointment_rescheduled, bk-2, BOOKING_RESCHEDULED:bk-2@2026-12-02T10:00:00Z, bk-1, 2026-12-02T10:00:00Z
                    cancelled,    appointment_canceled,    bk-2, BOOKING_CANCELLED:bk-2, ,     2026-12-01T14:00:00Z
                    requested,    appointment_requested,   bk-3, BOOKING_REQUESTED:bk-3, ,     2026-12-01T14:00:00Z
                    rejected,     appointment_canceled,    bk-3, BOOKING_REJECTED:bk-3,  ,     2026-12-01T14:00:00Z
                    ended-flat,   appointment_shown,       bk-2, MEETING_ENDED:bk-2,     ,     2026-12-02T10:00:00Z
                    """)
    void aBookingIsAFactAboutItsFirstAttendee(
            String fixture, String kind, String ref, String id, String previous, Instant startsAt) {
        var fact = sent(preset, fixture + ".json").facts().getFirst();

        assertThat(fact.kind()).isEqualTo(kind);
        assertThat(fact.externalRef()).isEqualTo(ref);
        assertThat(fact.factId()).isEqualTo(id);
        assertThat(fact.previousRef()).isEqualTo(previous);
        assertThat(fact.startsAt()).isEqualTo(startsAt);
        assertThat(fact.email()).isEqualTo("mina@example.test");
        assertThat(fact.fullName()).isEqualTo("Mina Park");
    }

    @Test
    void theBookerIsKnownByTheAnswersToo() {
        var fact = sent(preset, "requested.json").facts().getFirst();

        assertThat(fact.phone()).isEqualTo("+82212345678");
        assertThat(sent(preset, "created.json").facts().getFirst().leadRef())
                .isEqualTo("main_019aa1b0000070008000000000000001");
    }

    @Test
    void eachAttendeeMayBeANoShowAndNoLonger() {
        var update = sent(preset, "no-show.json");

        assertThat(update.facts())
                .extracting(FactItem::kind, FactItem::email, FactItem::externalRef)
                .containsExactly(
                        tuple("appointment_no_show", "mina@example.test", "bk-2"),
                        tuple("appointment_no_show_withdrawn", "guest@example.test", "bk-2"));
        assertThat(flaw(update)).isEqualTo("unexpected-shape");
    }

    @Test
    void theAnswersToARoutingFormAreASubmission() {
        var item = submission(preset, "routing-form.json");

        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FULL_NAME, "Mina Park"),
                                Map.entry(EMAIL, "mina@example.test"),
                                Map.entry(SUBMITTED_AT, "2026-11-20T08:00:00.000Z"),
                                Map.entry(PROJECT_NAME, "Which team?"),
                                Map.entry(SOURCE_TEAM, "Sales"),
                                Map.entry(LEAD_SOURCE, "Cal.com")));
    }

    @Test
    void otherBodiesAreIgnoredOrPutAside() {
        assertThat(sent(preset, "ping.json").ignored()).containsExactly("ping");
        assertThat(flaw(sent(preset, "custom-template.json"))).isEqualTo("unexpected-shape");
    }
}
