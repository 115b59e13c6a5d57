package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A session of another system and the leads that name it by its id there.
class ImportedSessionIT {
    private static final Instant THEN = Instant.parse("2023-05-06T07:08:09Z");

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void sessions() {
        models.clear();
        models.session(
                "past",
                "imported",
                true,
                "external_id",
                "visit-1",
                "started_at",
                THEN,
                "last_event_at",
                THEN,
                "ended_at",
                THEN);
        models.session("live", "started_at", THEN, "last_event_at", THEN);
        models.lead("ours", "session_id", "visit-1", "created_at", THEN);
        models.lead("theirs", "site_id", "other", "session_id", "visit-1", "created_at", THEN);
        models.lead("fresh", "session_id", "live", "created_at", THEN);
    }

    @Test
    void itSaysThatItIsImportedAndWhenItWas() {
        var past = api.get("/replay/sessions/past", ADMIN).json();

        assertThat(past.path("imported").asBoolean()).isTrue();
        assertThat(past.path("external_id").asString()).isEqualTo("visit-1");
        assertThat(past.path("started_at").asString()).isEqualTo(THEN.toString());
        assertThat(past.path("closed").asBoolean()).isTrue();
        var live = api.get("/replay/sessions/live", ADMIN).json();
        assertThat(live.path("imported").asBoolean(true)).isFalse();
        assertThat(live.path("external_id").isNull()).isTrue();
    }

    @Test
    void leadsAndSessionsFindEachOtherByTheIdElsewhere() {
        var leads = api.get("/replay/sessions/past", ADMIN).json().path("leads");
        assertThat(leads.valueStream().map(lead -> lead.path("lead_id").asString()))
                .containsExactly("ours");

        assertThat(sessionsOf("ours")).isEqualTo("past");
        assertThat(sessionsOf("fresh")).isEqualTo("live");
        assertThat(sessionsOf("theirs")).isEmpty();
    }

    private String sessionsOf(String lead) {
        var sessions = api.get("/analytics/leads/" + lead, ADMIN).json().path("sessions");
        return String.join(
                ",",
                sessions.valueStream()
                        .map(session -> session.path("session_id").asString())
                        .toList());
    }
}
