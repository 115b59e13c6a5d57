package io.headwater.jobs.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.ScoreRequested;
import io.headwater.state.SessionSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionTest {

    private static final SessionSummary SESSION = session(40);

    static ScoreRequested.Builder request() {
        return ScoreRequested.newBuilder()
                .setLeadId("main_1")
                .setSiteId("main")
                .setSubmissionId("s-1")
                .setVisitorId("v-1")
                .setSubmittedAt(NOON);
    }

    private static SessionSummary session(int engagement) {
        return SessionSummary.newBuilder()
                .setSessionId("x")
                .setStartedAt(NOON)
                .setEngagementScore(engagement)
                .setEngagementLabel("Warm")
                .setDurationSeconds(1)
                .setPageViews(1)
                .setReturnVisits(0)
                .build();
    }

    private static Suspicion of(
            ScoreRequested.Builder request,
            @Nullable SessionSummary session,
            @Nullable Integer vpnScore) {
        return Suspicion.of(request.build(), session, vpnScore);
    }

    @Test
    void aPersonWithASessionIsNotSuspicious() {
        assertThat(of(request().setTimeToSubmitSeconds(10.0), SESSION, 20))
                .isEqualTo(new Suspicion(0, List.of()));
        assertThat(of(request().setExpectsSession(false), null, null).score()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 30, submit_under_5s",
        "4.9, 30, submit_under_5s",
        "5, 10, submit_under_10s",
        "9.9, 10, submit_under_10s"
    })
    void whoSubmitsFast(double seconds, int score, String reason) {
        assertThat(of(request().setTimeToSubmitSeconds(seconds), SESSION, null))
                .isEqualTo(new Suspicion(score, List.of(reason)));
    }

    @ParameterizedTest
    @CsvSource({"21, 5, vpn_over_20", "50, 5, vpn_over_20", "51, 15, vpn_over_50"})
    void whoComesThroughAVpn(int vpnScore, int score, String reason) {
        assertThat(of(request(), SESSION, vpnScore))
                .isEqualTo(new Suspicion(score, List.of(reason)));
    }

    @ParameterizedTest
    @CsvSource({"2, 10, submissions_2_in_24h", "3, 20, submissions_3_in_24h"})
    void whoSubmitsOften(int times, int score, String reason) {
        assertThat(of(request().setRecentSubmissions(times), SESSION, null))
                .isEqualTo(new Suspicion(score, List.of(reason)));
    }

    @Test
    void everyPartHasItsReasonAndTheSumIsCapped() {
        assertThat(of(request(), null, null)).isEqualTo(new Suspicion(15, List.of("no_session")));
        assertThat(of(request(), session(0), null))
                .isEqualTo(new Suspicion(10, List.of("no_engagement")));
        assertThat(of(request().setCompetitorEmail(true), SESSION, null))
                .isEqualTo(new Suspicion(25, List.of("competitor_email")));
        assertThat(
                        of(
                                request()
                                        .setHoneypotFilled(true)
                                        .setTimeToSubmitSeconds(1.0)
                                        .setRecentSubmissions(3)
                                        .setCompetitorEmail(true),
                                null,
                                60))
                .isEqualTo(
                        new Suspicion(
                                100,
                                List.of(
                                        "honeypot",
                                        "submit_under_5s",
                                        "no_session",
                                        "vpn_over_50",
                                        "submissions_3_in_24h",
                                        "competitor_email")));
    }
}
