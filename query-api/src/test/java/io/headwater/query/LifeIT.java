package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What became of leads: filters, money, merges and the timeline.
class LifeIT {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void leads() {
        models.clear();
        models.lead(
                "ana",
                "assignee",
                "ana",
                "team",
                "south",
                "status",
                "won",
                "status_kind",
                "won",
                "status_since",
                NOON,
                "suspicion_score",
                60,
                "engagement_score",
                70,
                "visitor_id",
                "v1",
                "project_name",
                "Tower",
                "first_contact_at",
                NOON,
                "created_at",
                NOON);
        models.lead(
                "bo",
                "merged_into",
                "ana",
                "vpn_suspected",
                true,
                "created_at",
                NOON.minusSeconds(60),
                "status_since",
                NOON.minusSeconds(60));
        models.lead(
                "cy",
                "imported",
                true,
                "visitor_id",
                "v1",
                "project_name",
                "Lake",
                "created_at",
                NOON.minusSeconds(120),
                "status_since",
                NOON.minusSeconds(120));
        models.money("ana", "EUR", "won_minor", 1200L, "revenue_minor", 1100L);
        models.money("ana", "JPY", "revenue_minor", 70L);
        models.timeline("e1", "ana", "kind", "captured", "at", NOON);
        models.timeline("e2", "bo", "kind", "noted", "at", NOON.plusSeconds(1), "note", "likes it");
        models.timeline("e3", "ana", "kind", "won", "at", NOON.plusSeconds(2));
        models.timeline("e4", "cy", "kind", "captured", "at", NOON);
        models.appointment("bo", "a1", "starts_at", NOON);
        models.appointment("ana", "a1", "starts_at", NOON);
        models.appointment("ana", "old", "counts", false, "part_of", "a1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assignee=ana | ana",
                "assignee=(none) | cy",
                "team=south | ana",
                "team=(none) | cy",
                "status_kind=won | ana",
                "stage_from=2026-11-20T12:00:00Z | ana",
                "stage_to=2026-11-20T12:00:00Z | cy",
                "uncontacted=true | cy",
                "merged=true | bo",
                "min_score=70 | ana",
                "max_score=69 | ''",
                "min_suspicion=60 | ana",
                "max_suspicion=59 | ''",
                "vpn=true&merged=true | bo",
                "imported=true | cy",
                "imported=false | ana",
                "project=(none)&merged=true | bo",
                "sort=suspicion_score_desc&limit=1 | ana",
                "sort=status_since_desc&limit=1 | ana",
            })
    void listIsNarrowedByLife(String query, String expected) {
        var answer = api.get("/analytics/leads?" + query, ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("items").findValuesAsString("lead_id"))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void mergedLeadsAreLeftOutOfListsAndCounts() {
        assertThat(ids("/analytics/leads")).containsExactly("ana", "cy");
        assertThat(api.get("/analytics/leads/projects", ADMIN).json().findValuesAsString("project"))
                .doesNotContain("(none)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage_from", "stage_to"})
    void unreadableTimesAreNamed(String name) {
        assertThat(api.get("/analytics/leads?" + name + "=soon", ADMIN).blamed()).isEqualTo(name);
    }

    @Test
    void leadIsFoundByItsIdInTheCrm() {
        models.jdbc()
                .sql(
                        "update leads_g1.leads set crm_ids = '{\"zoho\": \"9007199254740993\"}' where lead_id = 'cy'")
                .update();

        assertThat(ids("/analytics/leads?crm_id=9007199254740993")).containsExactly("cy");
    }

    @Test
    void everyCurrencyIsTold() {
        var money = api.get("/analytics/leads?assignee=ana", ADMIN).json().at("/items/0/money");

        assertThat(money.findValuesAsString("currency")).containsExactly("EUR", "JPY");
        assertThat(money.at("/0/revenue_minor").asLong()).isEqualTo(1100);
        assertThat(money.at("/0/won_minor").asLong()).isEqualTo(1200);
        assertThat(money.at("/1/won_minor").isNull()).isTrue();
    }

    @Test
    void detailHasWhatBelongsToMergedLeads() {
        var lead = api.get("/analytics/leads/ana", ADMIN).json();

        assertThat(lead.at("/merged_leads/0").asString()).isEqualTo("bo");
        assertThat(lead.get("survivor_lead_id").isNull()).isTrue();
        assertThat(lead.get("appointments_list").findValuesAsString("appointment_ref"))
                .containsExactly("a1");
        assertThat(lead.get("related_projects").findValuesAsString("project"))
                .containsExactly("Lake");
        assertThat(lead.get("crm_ids").isObject()).isTrue();
        assertThat(lead.get("suspicion_reasons").isArray()).isTrue();
    }

    @Test
    void mergedLeadNamesTheOneThatGoesOn() {
        models.jdbc()
                .sql("update leads_g1.leads set merged_into = 'cy' where lead_id = 'ana'")
                .update();

        var lead = api.get("/analytics/leads/bo", ADMIN).json();

        assertThat(lead.get("merged_into").asString()).isEqualTo("ana");
        assertThat(lead.get("survivor_lead_id").asString()).isEqualTo("cy");
    }

    @Test
    void timelineIsPagedAndHasTheEventsOfMergedLeads() {
        var first = api.get("/analytics/leads/ana/timeline?limit=2", ADMIN);
        assertThat(first.json().get("items").findValuesAsString("event_id"))
                .containsExactly("e3", "e2");
        assertThat(first.json().at("/items/1/note").asString()).isEqualTo("likes it");
        assertThat(first.json().at("/items/0/details").isObject()).isTrue();

        String cursor = first.json().get("next_cursor").asString();
        var second = api.get("/analytics/leads/ana/timeline?limit=2&cursor=" + cursor, ADMIN);

        assertThat(second.json().get("items").findValuesAsString("event_id")).containsExactly("e1");
        assertThat(second.json().get("next_cursor").isNull()).isTrue();
        assertThat(api.get("/analytics/leads/nobody/timeline", ADMIN).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/analytics/leads/ana/timeline",
                "/analytics/quarantine",
                "/analytics/quarantine/summary",
                "/analytics/webhooks",
                "/analytics/webhooks/health"
            })
    void onlyAdminsSeeIt(String path) {
        assertThat(api.get(path, MARKETING).status()).isEqualTo(403);
        assertThat(api.get(path, ADMIN).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/analytics/blocked-leads, blocked",
        "/analytics/testing-leads, test",
        "/analytics/duplicates, duplicate"
    })
    void submissionsOfOneOutcomeAreMaskedForMarketing(String path, String outcome) {
        models.submission(
                "s1",
                "outcome",
                outcome,
                "email",
                "ana@example.com",
                "received_at",
                NOON.plusSeconds(90),
                "duplicate_received_at",
                NOON);
        models.submission("s2", "email", "ana@example.com");

        var seen = api.get(path, ADMIN).json().get("items");
        assertThat(seen.findValuesAsString("submission_id")).containsExactly("s1");
        assertThat(seen.at("/0/email").asString()).isEqualTo("ana@example.com");
        assertThat(seen.at("/0/duplicate_age_seconds").asLong()).isEqualTo(90);
        assertThat(api.get(path, MARKETING).json().at("/items/0/email").asString())
                .isEqualTo("a***@example.com");
        assertThat(api.get(path + "?limit=0", ADMIN).status()).isEqualTo(400);
    }

    @Test
    void whatWasGrantedBeforeItWasWithdrawnIsShownAsThat() {
        models.consent(
                "c1", "lead_id", "ana", "purposes", new String[] {"sms", "phone"}, "at", NOON);
        models.consent(
                "c2",
                "lead_id",
                "ana",
                "purposes",
                new String[] {"sms"},
                "at",
                NOON.plusSeconds(9));
        models.consent(
                "c3",
                "lead_id",
                "ana",
                "purposes",
                new String[] {"sms"},
                "at",
                NOON,
                "granted",
                false);
        models.consent("c4", "lead_id", "ana", "purposes", new String[] {}, "at", NOON);
        withdrawn("w1", "ana", 5, "{\"purposes\":\"sms,email\"}");
        withdrawn("w2", "ana", 7, "{}");
        withdrawn("w3", "cy", 1, "{}");

        var consents = api.get("/analytics/leads/ana", ADMIN).json().get("consents");

        var byId = new HashMap<String, String>();
        consents.forEach(one ->
                byId.put(
                        one.get("consent_id").asString(),
                        one.get("withdrawn_at").asString("") + one.get("withdrawn_purposes")));
        assertThat(byId)
                .isEqualTo(
                        Map.of(
                                "c1",
                                NOON.plusSeconds(5) + "[\"phone\",\"sms\"]",
                                "c2",
                                "[]",
                                "c3",
                                "[]",
                                "c4",
                                NOON.plusSeconds(7) + "[]"));
    }

    private void withdrawn(String event, String lead, int seconds, String details) {
        models.timeline(event, lead, "kind", "consent_withdrawn", "at", NOON.plusSeconds(seconds));
        models.jdbc()
                .sql(
                        """
                        update leads_g1.lead_timeline set details = cast(:details as jsonb)
                        where event_id = :event
                        """)
                .param("details", details)
                .param("event", event)
                .update();
    }

    @Test
    void duplicatesAreFoundByWhereTheFirstOneCameFrom() {
        models.submission("d1", "outcome", "duplicate", "duplicate_source_id", "meta-1");
        models.submission("d2", "outcome", "duplicate", "duplicate_source_id", "form");

        var found = api.get("/analytics/duplicates?first_source=meta-1", ADMIN).json().get("items");

        assertThat(found.findValuesAsString("submission_id")).containsExactly("d1");
        assertThat(found.at("/0/duplicate_source_id").asString()).isEqualTo("meta-1");
        assertThat(found.at("/0/receipt_id").isString()).isTrue();
    }

    private List<String> ids(String path) {
        return api.get(path, ADMIN).json().get("items").findValuesAsString("lead_id");
    }
}
