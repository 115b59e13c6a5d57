package io.headwater.projectors.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadWon;
import io.headwater.projectors.Events;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/// One key on a real Kafka and a real Postgres, read and made anew while it is written.
class KeyHistoryIT extends KeysFixture {

    private static final int DAMAGES = 4;
    private static final int ROUNDS = 20;

    private final AtomicInteger told = new AtomicInteger();

    @Test
    void damagedRowsOfALeadArePutRightWhileItIsWritten() throws Exception {
        // given
        String lead = "damaged_1";
        captured(lead, 1);
        platform.lead("damaged", won(lead, 2));
        captured("damaged_2", 2);
        eventually("select count(*) from read.leads where site_id = 'damaged'", 2);
        eventually("select count(*) from read.lead_money where lead_id = '" + lead + "'", 1);
        String other = rows("damaged_2");
        String submission = submission(lead);
        String money = money(lead);

        try (var _ = writing(() -> contacted(lead))) {
            eventuallyAtLeast(
                    "select count(*) from read.lead_timeline where lead_id = '" + lead + "'", 9);
            for (int round = 0; round < DAMAGES; round++) {
                // when
                damage(lead);
                var answer = post("leads", lead, "rebuild");

                // then
                assertThat(found(answer))
                        .containsExactlyInAnyOrder(
                                "changed submissions|submission-damaged-1 [channel, email]",
                                "missing lead_money|" + lead + "|EUR []",
                                "surplus lead_timeline|never-happened []");
                assertThat(submission(lead)).isEqualTo(submission);
                assertThat(money(lead)).isEqualTo(money);
            }
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(found(post("leads", lead, "rebuild"))).as("round " + round).isEmpty();
            }
        }
        everyContactIsIn(lead);
        assertThat(rows("damaged_2")).isEqualTo(other);
        assertThat(found(post("leads", lead, "rebuild"))).isEmpty();
        assertThat(get("leads", lead, "explain").get("matches").asBoolean()).isTrue();
    }

    @Test
    void aRowOfAnotherLeadThatNamesThisOneIsPutRightNotDeleted() throws Exception {
        // given
        captured("mixed_1", 1);
        captured("mixed_2", 2);
        eventually("select count(*) from read.lead_timeline where site_id = 'mixed'", 2);
        platform.jdbc()
                .sql("update leads_g1.lead_timeline set lead_id = ? where lead_id = ?")
                .params("mixed_1", "mixed_2")
                .update();

        // when
        var answer = post("leads", "mixed_1", "rebuild");

        // then
        assertThat(found(answer))
                .containsExactly("changed lead_timeline|command-mixed_2-1-0 [lead_id]");
        assertThat(one("select count(*) from read.lead_timeline where lead_id = 'mixed_2'"))
                .isEqualTo(1);
    }

    @Test
    void theRowOfTheLeadItselfIsPutRight() throws Exception {
        // given
        String lead = "itself_1";
        captured(lead, 1);
        eventually("select count(*) from read.leads where site_id = 'itself'", 1);
        String before = rows(lead);
        platform.jdbc()
                .sql(
                        "update leads_g1.leads set status = 'lost', src_offset = src_offset + 9 where lead_id = ?")
                .param(lead)
                .update();

        // when
        var explained = get("leads", lead, "explain");
        var answer = post("leads", lead, "rebuild");

        // then
        assertThat(explained.get("matches").asBoolean()).isFalse();
        assertThat(explained.get("differences").get(0).get("columns").toString())
                .isEqualTo("[\"status\",\"src_offset\"]");
        assertThat(found(answer)).containsExactly("changed leads|itself_1 [status, src_offset]");
        assertThat(answer.get("cost").get("locked_micros").asLong()).isPositive();
        assertThat(rows(lead)).isEqualTo(before);
    }

    @Test
    void asOfIsWhatTheTablesHeldThen() throws Exception {
        // given
        String lead = "then_1";
        var held = new ArrayList<String>();
        captured(lead, 1);
        eventually("select count(*) from read.lead_timeline where lead_id = 'then_1'", 1);
        held.add(rows(lead));
        for (int i = 2; i <= 6; i++) {
            platform.lead("then", i == 4 ? won(lead, i) : contacted(lead, i));
            platform.flush();
            eventually("select count(*) from read.lead_timeline where lead_id = 'then_1'", i);
            eventually("select version from read.leads where lead_id = 'then_1'", i);
            held.add(rows(lead));
        }

        for (int i = 1; i <= 6; i++) {
            // when
            var answer = get("leads", lead, "as-of?at=" + recordedAt(i).plusMillis(1));

            // then
            assertThat(asRow(answer)).as("event " + i).isEqualTo(held.get(i - 1));
            assertThat(answer.get("recorded_at").asString()).isEqualTo(recordedAt(i).toString());
            assertThat(answer.get("tables").get("lead_timeline")).hasSize(i);
        }
        assertThat(status("GET", "leads", lead, "as-of?at=" + recordedAt(0), KEY)).isEqualTo(404);
    }

    @Test
    void explainsWhichEventsMadeTheRows() throws Exception {
        // given
        String lead = "why_1";
        captured(lead, 1);
        platform.lead("why", won(lead, 2));
        platform.flush();
        eventually("select count(*) from read.lead_timeline where lead_id = 'why_1'", 2);

        // when
        var answer = get("leads", lead, "explain");

        // then
        assertThat(answer.get("matches").asBoolean()).isTrue();
        assertThat(answer.get("events")).hasSize(2);
        var captured = answer.get("events").get(0);
        assertThat(captured.get("type").asString()).isEqualTo("LeadCaptured");
        assertThat(captured.get("topic").asString()).isEqualTo("lead.events.v1");
        var won = answer.get("events").get(1);
        assertThat(won.get("recorded_at").asString()).isEqualTo(recordedAt(2).toString());
        var changes = new ArrayList<String>();
        won.get("rows").forEach(row -> changes.add(row.get("row").asString()));
        assertThat(changes)
                .containsExactly(
                        "lead_money|why_1|EUR", "leads|why_1", "lead_timeline|command-why_1-2-0");
        assertThat(won.get("rows").get(1).get("values").get("status_kind").asString())
                .isEqualTo("won");
        // personal data is told by name only
        var ofLead = captured.get("rows").get(1);
        assertThat(ofLead.get("row").asString()).isEqualTo("leads|why_1");
        assertThat(ofLead.get("columns").toString()).contains("\"email\"");
        assertThat(ofLead.get("values").has("email")).isFalse();
        assertThat(answer.toString()).doesNotContain("zoe@example.org");
    }

    @Test
    void rowOfASessionIsPutRightWhileItsVisitorIsBusy() throws Exception {
        // given
        String visitor = "busy-visitor";
        String earlier = SampleEvents.session(visitor, 1);
        String busy = SampleEvents.session(visitor, 2);
        platform.track(earlier, Events.start(earlier, visitor, "busy"));
        platform.track(earlier, Events.viewed(earlier, 5, "/a"));
        platform.flush();
        platform.track(busy, Events.start(busy, visitor, "busy"));
        platform.flush();
        eventually("select count(*) from read.sessions where site_id = 'busy'", 2);
        String before = session(earlier);
        var second = new AtomicInteger();

        try (var _ =
                writing(() ->
                        platform.track(
                                busy, Events.viewed(busy, second.incrementAndGet(), "/b")))) {
            eventuallyAtLeast(
                    "select page_views from read.sessions where session_id = '" + busy + "'", 10);
            // when
            platform.jdbc()
                    .sql(
                            "update sessions_g1.sessions set clicks = 77, return_visits = 3 where session_id = ?")
                    .param(earlier)
                    .update();
            var answer = post("sessions", earlier, "rebuild");

            // then
            assertThat(found(answer))
                    .containsExactly("changed sessions|" + earlier + " [clicks, return_visits]");
            assertThat(session(earlier)).isEqualTo(before);
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(found(post("sessions", busy, "rebuild"))).as("round " + round).isEmpty();
            }
        }
        platform.flush();
        eventually(
                "select page_views from read.sessions where session_id = '" + busy + "'",
                second.get());
        assertThat(one("select return_visits from read.sessions where session_id = '" + busy + "'"))
                .isEqualTo(1);
        assertThat(found(post("sessions", busy, "rebuild"))).isEmpty();
    }

    @Test
    void refusesWhatItCannotAnswer() throws Exception {
        eventually(
                "select count(*) from ops.projection where state = 'LIVE' and projection = 'leads'",
                1);
        captured("refusals_1", 1);
        eventually("select count(*) from read.leads where site_id = 'refusals'", 1);

        assertThat(status("POST", "leads", "refusals_1", "rebuild", "wrong")).isEqualTo(401);
        assertThat(status("POST", "leads", "refusals_nobody", "rebuild", KEY)).isEqualTo(404);
        assertThat(status("POST", "traffic", "refusals_1", "rebuild", KEY)).isEqualTo(404);
        assertThat(status("GET", "leads", "refusals_1", "as-of?at=yesterday", KEY)).isEqualTo(400);
        assertThat(status("GET", "leads", "refusals_nobody", "explain", KEY)).isEqualTo(404);
    }

    /// One row changed, one missing, one that no event made.
    private static void damage(String lead) {
        platform.jdbc()
                .sql("update leads_g1.submissions set email = 'x', channel = 'y' where lead_id = ?")
                .param(lead)
                .update();
        platform.jdbc()
                .sql("delete from leads_g1.lead_money where lead_id = ?")
                .param(lead)
                .update();
        platform.jdbc()
                .sql(
                        """
                        insert into leads_g1.lead_timeline
                        select *
                        from jsonb_populate_record(
                            (select t from leads_g1.lead_timeline as t where lead_id = ? limit 1),
                            '{"event_id": "never-happened"}')
                        """)
                .param(lead)
                .update();
    }

    /// A hundred times a second, until closed.
    private AutoCloseable writing(Runnable write) {
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        writer.scheduleAtFixedRate(write, 0, 10, TimeUnit.MILLISECONDS);
        return () -> {
            writer.shutdown();
            assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        };
    }

    private void contacted(String lead) {
        platform.lead(site(lead), contacted(lead, 100 + told.incrementAndGet()));
    }

    private void everyContactIsIn(String lead) throws Exception {
        platform.flush();
        eventually(
                "select contact_attempts from read.leads where lead_id = '" + lead + "'",
                told.get());
        eventually(
                "select count(*) from read.lead_timeline where lead_id = '" + lead + "'",
                told.get() + 2);
    }

    private static SpecificRecord won(String lead, int sequence) {
        return LeadWon.newBuilder(SampleLife.won(900, "EUR", sequence).build())
                .setMeta(meta(lead, sequence))
                .setLeadId(lead)
                .build();
    }

    private static SpecificRecord contacted(String lead, int sequence) {
        return LeadContacted.newBuilder(SampleLife.contacted(sequence).build())
                .setMeta(meta(lead, sequence))
                .setLeadId(lead)
                .build();
    }
}
