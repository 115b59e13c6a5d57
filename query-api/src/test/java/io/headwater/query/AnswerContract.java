package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Member names and values of every answer.
abstract class AnswerContract extends QueryFixture {
    @Test
    void leadsHaveTheirMembers() {
        var answer = api().get("/analytics/leads", ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.members()).containsExactlyElementsOf(Members.LEAD);
        var lead = answer.json().get("items").get(0);
        assertThat(lead.get("email").asString()).isEqualTo("ana@example.com");
        assertThat(lead.get("created_at").asString()).isEqualTo(now.minusSeconds(60).toString());
        assertThat(answer.json().get("next_cursor").isNull()).isTrue();
        assertThat(Instant.parse(answer.header("X-As-Of"))).isBeforeOrEqualTo(Instant.now());
        assertThat(answer.header("X-Generation")).isEqualTo("leads=1");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void leadDetailTellsAll() {
        var answer = api().get("/analytics/leads/main_1", ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.members())
                .containsAll(Members.LEAD)
                .contains(
                        "message",
                        "country_code",
                        "user_location",
                        "source_team",
                        "region",
                        "timezone",
                        "utm_term",
                        "utm_content",
                        "gclid",
                        "fbclid",
                        "page_url",
                        "referred_by",
                        "searched_keyword",
                        "user_ip",
                        "user_agent",
                        "session_duration_seconds",
                        "pages_visited",
                        "return_visits",
                        "conflicting_lead_id",
                        "submissions_list",
                        "facts_list",
                        "consents",
                        "sessions")
                .doesNotContain("lead", "more");
        var lead = answer.json();
        assertThat(lead.get("user_ip").asString()).isEqualTo("192.0.2.1");
        assertThat(lead.get("submissions").asInt()).isEqualTo(1);
        assertThat(lead.get("submissions_list").get(0).propertyNames())
                .containsAll(Members.SUBMISSION)
                .contains("payload");
        assertThat(answer.body()).contains("[1,12345678901234567891,0.10000000000000000555]");
        assertThat(lead.get("facts_list").get(0).propertyNames())
                .containsExactlyElementsOf(Members.FACT);
        assertThat(lead.get("sessions")).hasSize(2);
        assertThat(lead.get("sessions").get(0).propertyNames())
                .containsExactlyElementsOf(Members.SESSION);
    }

    @Test
    void testingLeadsAreKeptApart() {
        var answer = api().get("/analytics/leads?test=true", ADMIN);

        assertThat(answer.members()).containsExactlyElementsOf(Members.LEAD);
        assertThat(answer.json().at("/items/0/lead_id").asString()).isEqualTo("sub-2");
        assertThat(answer.json().get("items")).hasSize(1);
        assertThat(api().get("/analytics/leads/sub-2", ADMIN).json().get("status").asString())
                .isEqualTo("test");
    }

    @Test
    void submissionsAreMaskedForMarketing() {
        var admin = api().get("/analytics/submissions", ADMIN);
        var marketing = api().get("/analytics/submissions?outcome=accepted", MARKETING);

        assertThat(admin.members()).containsExactlyElementsOf(Members.SUBMISSION);
        assertThat(admin.body()).contains("ana@example.com", "+4915112345678");
        assertThat(marketing.members()).containsExactlyElementsOf(Members.SUBMISSION);
        assertThat(marketing.json().at("/items/0/email").asString()).isEqualTo("a***@example.com");
        assertThat(marketing.json().at("/items/0/phone").asString()).isEqualTo("***678");
    }

    @Test
    void factsAreMaskedForMarketing() {
        var admin = api().get("/analytics/facts?attributed=true", ADMIN);

        assertThat(admin.members()).containsExactlyElementsOf(Members.FACT);
        assertThat(admin.json().at("/items/0/amount_minor").asLong()).isEqualTo(1200);
        assertThat(api().get("/analytics/facts", MARKETING).body())
                .contains("a***@example.com")
                .doesNotContain("ana@");
        assertThat(api().get("/analytics/facts?attributed=false", ADMIN).json().get("items"))
                .isEmpty();
    }

    @Test
    void sessionsHaveTheirMembers() {
        var answer = api().get("/replay/sessions?visitor_id=v1", MARKETING);

        assertThat(answer.members()).containsExactlyElementsOf(Members.SESSION);
        assertThat(answer.json().at("/items/0/session_id").asString()).isEqualTo("s1");
        assertThat(answer.json().at("/items/0/closed").asBoolean()).isFalse();
        assertThat(answer.json().at("/items/1/closed").asBoolean()).isTrue();
        assertThat(answer.json().at("/items/1/ended_at").isNull()).isTrue();
    }

    @Test
    void sessionDetailNamesItsLeads() {
        var answer = api().get("/replay/sessions/s1", ADMIN);

        assertThat(answer.members()).containsAll(Members.SESSION).contains("leads");
        assertThat(answer.json().at("/leads/0/lead_id").asString()).isEqualTo("main_1");
        assertThat(api().get("/replay/sessions/none", ADMIN).status()).isEqualTo(404);
    }

    @Test
    void overviewCountsEverything() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        var answer = api().get("/analytics/overview", MARKETING);
        if (!LocalDate.now(ZoneOffset.UTC).equals(today)) {
            // Midnight came in between.
            today = LocalDate.now(ZoneOffset.UTC);
            answer = api().get("/analytics/overview", MARKETING);
        }

        assertThat(answer.members())
                .containsExactly(
                        "total_sessions",
                        "total_events",
                        "unique_visitors",
                        "unique_fingerprints",
                        "avg_engagement_score",
                        "avg_session_duration_s",
                        "role",
                        "total_leads",
                        "leads_today",
                        "total_submissions");
        var overview = answer.json();
        assertThat(overview.get("total_sessions").asInt()).isEqualTo(2);
        assertThat(overview.get("total_events").asInt()).isEqualTo(10);
        assertThat(overview.get("unique_visitors").asInt()).isEqualTo(1);
        assertThat(overview.get("avg_engagement_score").asDouble()).isEqualTo(31.0);
        assertThat(overview.get("avg_session_duration_s").asDouble()).isEqualTo(60.0);
        assertThat(overview.get("role").asString()).isEqualTo("marketing");
        assertThat(overview.get("total_submissions").asInt()).isEqualTo(3);
        assertThat(overview.get("leads_today").asInt())
                .isEqualTo(LocalDate.ofInstant(quarter, ZoneOffset.UTC).equals(today) ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/analytics/me | role,pages",
                "/analytics/sessions/daily | date,total_sessions,unique_visitors,avg_duration,avg_engagement",
                "/analytics/pages/top | page,views,unique_sessions",
                "/analytics/geo | country,sessions,unique_visitors",
                "/analytics/engagement | bucket,count",
                "/analytics/sources | source,sessions,leads",
                "/analytics/realtime | active_sessions_5m,active_sessions_30m,events_5m,leads_5m,leads_30m,top_pages",
                "/analytics/leads/projects | project,leads",
                "/analytics/leads/sources | source,leads",
                "/analytics/leads/volume?by=campaign | bucket,key,submissions,accepted,duplicate,blocked,test,refused,quarantined,leads",
                "/analytics/engine/overview | submissions,accepted,duplicate,blocked,test,refused,quarantined,leads",
                "/analytics/engine/submissions-daily | date,submissions,accepted,duplicate,blocked,test,refused,quarantined,leads",
                "/analytics/engine/by-project | project,submissions,leads",
                "/analytics/engine/by-source | source,submissions,leads",
                "/analytics/engine/by-engagement | label,leads",
                "/api/accounting | received,accepted,duplicate,blocked,test,refused,quarantined,in_flight,holds,undecided_since,by_source,projections",
                "/health | status,components",
            })
    void answersHaveTheirMembers(String path, String members) {
        var answer = api().get(path, MARKETING);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.members()).containsExactly(members.split(","));
    }

    @Test
    void namesComeAsPlainStrings() {
        assertThat(api().get("/analytics/engine/projects", ADMIN).body()).isEqualTo("[\"Tower\"]");
        assertThat(api().get("/analytics/engine/sources", ADMIN).body()).isEqualTo("[\"google\"]");
    }

    @Test
    void engagementCountsClosedSessionsInFiveBuckets() {
        assertThat(api().get("/analytics/engagement", ADMIN).body())
                .isEqualTo(
                        """
                        [{"bucket":"0-19","count":1},{"bucket":"20-39","count":0},\
                        {"bucket":"40-59","count":0},{"bucket":"60-79","count":0},\
                        {"bucket":"80-100","count":0}]\
                        """);
    }

    @Test
    void realtimeSeesTheLastMinutes() {
        var realtime = api().get("/analytics/realtime", ADMIN).json();

        assertThat(realtime.get("active_sessions_5m").asInt()).isEqualTo(1);
        assertThat(realtime.get("events_5m").asInt()).isEqualTo(7);
        assertThat(realtime.get("leads_5m").asInt()).isEqualTo(1);
        assertThat(realtime.get("leads_30m").asInt()).isEqualTo(1);
    }
}
