package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// With a hundred thousand rows the lists must find theirs by index: Postgres' own counters of
/// sequential scans stand still.
///
/// A server of its own, and counters read only while nobody else is connected: a connection adds
/// what it did to the counters late, at the latest when it ends.
class IndexUseIT {
    private static final Logger log = LoggerFactory.getLogger(IndexUseIT.class);
    private static final int ROWS = 100_000;

    private final Backends backends = TestBackends.fresh();
    private ReadModels models;

    record Scans(long sequential, long byIndex) {}

    @BeforeEach
    void manyRows() {
        backends.start(List.of(Backend.POSTGRES));
        models = new ReadModels(backends.jdbcUrl(), backends.jdbcUser(), "").migrate();
        models.jdbc()
                .sql(
                        """
                        insert into leads_g1.leads (lead_id, site_id, status, channel, first_name,
                            last_name, email, phone, project_name, source, utm_source, utm_campaign,
                            lead_source, source_id, country, visitor_id, session_id,
                            engagement_score, submissions, facts, created_at, last_submitted_at,
                            captured_offset, version, src_partition, src_offset, status_since,
                            assignee, team, suspicion_score, merged_into, crm_ids)
                        select 'main_' || n, case n when 99000 then 'rare' else 'main' end, 'new',
                               'api', 'First' || n % 1000, 'Last' || n,
                               'person' || n || '@example.com',
                               '+49151' || lpad(n::text, 8, '0'),
                               case n when 99000 then 'Rare' else 'Project ' || n % 50 end,
                               case n when 99000 then 'rare.example' else 'source' || n % 20 end,
                               case n when 99000 then null else 'source' || n % 20 end,
                               case n when 99000 then 'Rare' else 'campaign' || n % 20 end,
                               case n when 98000 then 'Rare form' else 'Website' end,
                               case n when 97000 then 'rare-1' else 'src-' || n % 5 end,
                               case n when 99000 then 'LI' else 'DE' end, 'v' || n, 's' || n,
                               n % 101, 1, 0, now() - n * interval '1 minute',
                               now() - n * interval '30 seconds', n, 1, n % 12, n,
                               now() - n * interval '1 minute',
                               case n when 99000 then 'rare' else 'user' || n % 10 end,
                               'team' || n % 3, n % 101,
                               case when n % 1000 = 1 then 'main_' || (n + 1) end,
                               case when n % 7 = 0
                                    then jsonb_build_object('zoho', 'crm-' || n) else '{}' end
                        from generate_series(1, :rows) as n
                        """)
                .param("rows", ROWS)
                .update();
        models.jdbc()
                .sql(
                        """
                        insert into sessions_g1.sessions (session_id, visitor_id, site_id,
                            device_type, started_at, last_event_at, event_count, page_views, clicks,
                            max_scroll_percent, duration_seconds, return_visits, engagement_score,
                            engagement_label, src_partition, src_offset)
                        select 's' || n, 'v' || n / 3, 'main', 'desktop',
                               now() - n * interval '1 minute',
                               now() - n * interval '1 minute' + interval '2 minutes',
                               10, 3, 2, 50, 120, 0, n % 101, 'Warm', 0, n
                        from generate_series(1, :rows) as n
                        """)
                .param("rows", ROWS)
                .update();
        models.jdbc()
                .sql(
                        """
                        insert into leads_g1.submissions (submission_id, site_id, lead_id, outcome,
                            receipt_id, channel, source, lead_source, source_id, session_id,
                            received_at, submitted_at, src_partition, src_offset)
                        select 'sub-' || n, 'main', 'main_' || n,
                               case n when 99000 then 'quarantined' else 'accepted' end, 'r' || n,
                               'api',
                               case n when 99000 then 'rare.example' else 'source' || n % 20 end,
                               'Website', 'src-' || n % 5, 's' || n,
                               now() - n * interval '1 minute', now() - n * interval '1 minute', 0,
                               n
                        from generate_series(1, :rows) as n
                        """)
                .param("rows", ROWS)
                .update();
        models.jdbc()
                .sql(
                        """
                        insert into leads_g1.provider_facts (fact_id, site_id, lead_id, source_id,
                            provider, kind, test, occurred_at, received_at, src_partition,
                            src_offset)
                        select 'f' || n, 'main', case n when 99000 then null else 'main_' || n end,
                               'stripe-1', 'stripe', 'payment', false, now(),
                               now() - n * interval '1 minute', 0, n
                        from generate_series(1, :rows) as n
                        """)
                .param("rows", ROWS)
                .update();
        lifeRows();
        models.jdbc()
                .sql(
                        """
                        analyze leads_g1.leads, leads_g1.submissions, leads_g1.provider_facts,
                                leads_g1.lead_money, leads_g1.lead_timeline,
                                leads_g1.lead_appointments, leads_g1.quarantine,
                                leads_g1.submission_changes, leads_g1.lead_consents, webhooks_g1.webhooks,
                                sessions_g1.sessions
                        """)
                .update();
    }

    private void lifeRows() {
        for (String rows :
                List.of(
                        """
                        insert into leads_g1.lead_money (lead_id, site_id, currency, paid_minor,
                            refunded_minor, refunded_by_hand_minor, disputed_minor,
                            disputes_lost_minor, revenue_minor, src_partition, src_offset)
                        select 'main_' || n, 'main', 'EUR', n, 0, 0, 0, 0, n, 0, n
                        from generate_series(1, :rows) as n
                        """,
                        """
                        insert into leads_g1.lead_timeline (event_id, lead_id, site_id, kind, at,
                            recorded_at, src_partition, src_offset)
                        select 'e' || n, 'main_' || n / 10, 'main', 'noted',
                               now() - n * interval '1 minute', now(), 0, n
                        from generate_series(1, :rows) as n
                        """,
                        """
                        insert into leads_g1.lead_appointments (lead_id, appointment_ref, site_id,
                            current_ref, status, first_told_at, changed_at, actor, src_partition,
                            src_offset)
                        select 'main_' || n, 'a' || n, 'main', 'a' || n, 'booked', now(), now(),
                               'crm', 0, n
                        from generate_series(1, :rows) as n
                        """,
                        """
                        insert into leads_g1.lead_consents (consent_id, site_id, submission_id,
                            lead_id, granted, at, src_partition, src_offset)
                        select 'sub-' || n || ':0', 'main', 'sub-' || n, 'main_' || n, true, now(),
                               0, n
                        from generate_series(1, :rows) as n
                        """,
                        """
                        insert into leads_g1.quarantine (submission_id, site_id, source_id, channel,
                            code, detail, state, received_at, quarantined_at, src_partition,
                            src_offset)
                        select 'sub-' || n, 'main', 'src-' || n % 50, 'webhook', 'code' || n % 50,
                               'detail', case n % 1000 when 0 then 'waiting' else 'released' end,
                               now() - n * interval '1 minute', now(), 0, n
                        from generate_series(1, :rows) as n
                        """,
                        """
                        insert into leads_g1.submission_changes (event_id, field, site_id,
                            submission_id, actor, changed_at, src_partition, src_offset)
                        select 'e' || n, 'phone', 'main', 'sub-' || n, 'user:ana', now(), 0, n
                        from generate_series(1, :rows) as n
                        """,
                        """
                        insert into webhooks_g1.webhooks (receipt_id, source_id, provider, channel,
                            outcome, reason, status, body_bytes, body, received_at, src_partition,
                            src_offset, submission_ids)
                        select 'r' || n, 'src-' || n % 50, 'provider' || n % 20, 'webhook',
                               case n % 100 when 0 then 'unauthenticated' else 'accepted' end,
                               case n % 100 when 0 then 'bad-signature' end, 200, 10,
                               '{"n":"word' || n || '"}', now() - n * interval '1 minute', 0, n,
                               array['sub-' || n]
                        from generate_series(1, :rows) as n
                        """)) {
            models.jdbc().sql(rows).param("rows", ROWS).update();
        }
    }

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void listsAndFiltersFindTheirRowsByIndex() {
        List<String> paths =
                List.of(
                        "/analytics/leads",
                        "/analytics/leads?sort=created_at_asc",
                        "/analytics/leads?sort=engagement_score_desc",
                        "/analytics/leads?sort=last_submitted_at_desc",
                        "/analytics/leads?email=Person99000@example.com",
                        "/analytics/leads?phone=00099000",
                        "/analytics/leads?q=person99000",
                        "/analytics/leads?project=project%2017",
                        "/analytics/leads?project=RARE",
                        "/analytics/leads?source=source7",
                        "/analytics/leads?source=Rare.example",
                        "/analytics/leads?source=rare%20form",
                        "/analytics/leads?source=rare-1",
                        "/analytics/leads?campaign=rare",
                        "/analytics/leads?country=li",
                        "/analytics/leads?site=rare",
                        "/analytics/leads?from=2026-01-01&site=main&status=new",
                        "/analytics/leads/main_77",
                        "/analytics/leads?sort=status_since_desc",
                        "/analytics/leads?sort=suspicion_score_desc",
                        "/analytics/leads?status=new&status_kind=open",
                        "/analytics/leads?assignee=rare",
                        "/analytics/leads?team=team1",
                        "/analytics/leads?merged=true",
                        "/analytics/leads?min_suspicion=100&sort=suspicion_score_desc",
                        "/analytics/leads?stage_from=2026-01-01&sort=status_since_desc",
                        "/analytics/leads?crm_id=crm-7",
                        "/analytics/leads/main_77/timeline",
                        "/analytics/blocked-leads",
                        "/analytics/testing-leads",
                        "/analytics/duplicates",
                        "/analytics/duplicates?first_source=src-7",
                        "/analytics/quarantine",
                        "/analytics/quarantine?state=all&source=src-3",
                        "/analytics/quarantine?state=all&code=code7",
                        "/analytics/quarantine/summary",
                        "/analytics/quarantine/sub-77",
                        "/analytics/webhooks",
                        "/analytics/webhooks?source=src-7",
                        "/analytics/webhooks?provider=provider7",
                        "/analytics/webhooks?outcome=unauthenticated",
                        "/analytics/webhooks?reason=bad-signature",
                        "/analytics/webhooks?q=word77",
                        "/analytics/webhooks?receipt_id=r77",
                        "/analytics/webhooks/r77",
                        "/analytics/webhooks?submission_id=sub-77",
                        "/analytics/submissions",
                        "/analytics/submissions?outcome=quarantined",
                        "/analytics/submissions?source=rare.example",
                        "/analytics/facts",
                        "/analytics/facts?attributed=false",
                        "/replay/sessions",
                        "/replay/sessions?sort=started_at_asc",
                        "/replay/sessions?visitor_id=v500",
                        "/replay/sessions/s500",
                        "/analytics/realtime");
        Scans before = scans();

        try (var api = new RunningQueryApi(backends.jdbcUrl(), backends.jdbcQueryUser(), "")) {
            for (String path : paths) {
                deepPage(api, path);
            }
        }

        Scans after = scans();
        assertThat(after.byIndex() - before.byIndex()).isGreaterThan(paths.size());
        assertThat(after.sequential()).isEqualTo(before.sequential());
    }

    private static void deepPage(RunningQueryApi api, String path) {
        long start = System.nanoTime();
        var answer = api.get(path, ADMIN);
        log.atInfo()
                .addKeyValue("path", path)
                .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
                .log("answered");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var cursor = answer.json().path("next_cursor");
        if (cursor.isString()) {
            String next = path + (path.contains("?") ? "&" : "?") + "cursor=" + cursor.asString();
            assertThat(api.get(next, ADMIN).status()).isEqualTo(200);
        }
    }

    private Scans scans() {
        await().atMost(Duration.ofSeconds(60)).until(this::isAlone);
        return models.jdbc()
                .sql(
                        """
                        select sum(seq_scan)::bigint, sum(idx_scan)::bigint
                        from pg_stat_user_tables
                        where relname in ('leads', 'submissions', 'provider_facts', 'sessions',
                                          'lead_money', 'lead_timeline', 'lead_appointments',
                                          'submission_changes', 'quarantine', 'webhooks', 'lead_consents')
                        """)
                .query((row, _) -> new Scans(row.getLong(1), row.getLong(2)))
                .single();
    }

    private boolean isAlone() {
        return models.jdbc()
                .sql(
                        """
                        select not exists (
                            select from pg_stat_activity
                            where backend_type in ('client backend', 'parallel worker')
                              and pid <> pg_backend_pid()
                              and datname = current_database())
                        """)
                .query(Boolean.class)
                .single();
    }
}
