package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.SettingsTest;
import io.headwater.command.platform.enrich.EnrichSettings;
import io.headwater.command.platform.enrich.Enrichment;
import io.headwater.command.platform.enrich.Place;
import io.headwater.command.platform.enrich.ProxyHeaders;
import io.headwater.events.lead.Submission;
import io.headwater.schema.SampleEvents;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraitsTest {

    private static final Place PLACE =
            new Place("DE", "Köln", "NRW", "Europe/Berlin", 24_940L, "Hosting Example", null);

    private final Traits traits = withoutFiles();

    /// As it is when the operator has no files; `rival.example` is a competitor of `main`.
    static Traits withoutFiles() {
        var settings =
                SettingsTest.binder(Map.of()).bind("headwater.enrich", EnrichSettings.class).get();
        return new Traits(
                new Enrichment(settings),
                site -> site.equals("main") ? List.of("rival.example") : List.of());
    }

    private static Submission.Builder submission() {
        return SampleEvents.submission()
                .setSiteId("main")
                .setCountry(null)
                .setCity(null)
                .setRegion(null)
                .setTimezone(null);
    }

    @Test
    void whatIsKnownIsAddedAndTheRestUnknown() {
        var added = submission();
        traits.add(
                added,
                "ada@mailinator.com",
                "203.0.113.9",
                "curl/8.5.0",
                new ProxyHeaders.Told(PLACE, 7));

        assertThat(added.getCountry()).isEqualTo("DE");
        assertThat(added.getCity()).isEqualTo("Köln");
        assertThat(added.getTimezone()).isEqualTo("Europe/Berlin");
        assertThat(added.getAsn()).isEqualTo(24_940L);
        assertThat(added.getHosting()).isTrue();
        assertThat(added.getBrowser()).isEqualTo("curl");
        assertThat(added.getBotAgent()).isTrue();
        assertThat(added.getDeviceType()).isEqualTo("bot");
        assertThat(added.getBotScore()).isEqualTo(7);
        assertThat(added.getDisposableEmail()).isTrue();
        assertThat(added.getCompetitorEmail()).isFalse();

        var nothing = submission();
        traits.add(nothing, null, null, null, ProxyHeaders.Told.NOTHING);
        assertThat(nothing.getHosting()).isNull();
        assertThat(nothing.getBotAgent()).isNull();
        assertThat(nothing.getDisposableEmail()).isNull();
        assertThat(nothing.getCompetitorEmail()).isNull();
    }

    @Test
    void whatTheSubmissionSaysStaysAndNoCityOfAnotherCountryIsAdded() {
        var given = submission();
        given.setCountry("AT");

        var added = given;
        traits.add(added, null, null, null, new ProxyHeaders.Told(PLACE, null));

        assertThat(added.getCountry()).isEqualTo("AT");
        assertThat(added.getCity()).isNull();
        assertThat(added.getAsn()).isEqualTo(24_940L);
    }

    @Test
    void competitorsAreThoseOfTheSite() {
        var elsewhere = submission();
        elsewhere.setSiteId("other");

        assertThat(competitor(submission(), "eve@mail.rival.example")).isTrue();
        assertThat(competitor(elsewhere, "eve@rival.example")).isFalse();
    }

    private Boolean competitor(Submission.Builder submission, String email) {
        traits.add(submission, email, null, null, ProxyHeaders.Told.NOTHING);
        return submission.getCompetitorEmail();
    }
}
