package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the application does between Kafka and Postgres; run on each kind of back end.
///
/// Topics are shared by the tests of one back end: every test uses its own sites and visitors.
abstract class ProjectorsSuite {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    abstract Platform platform();

    @AfterEach
    void stop() {
        platform().stop();
    }

    @Test
    void eventsBecomeRowsOfEveryView() throws Exception {
        // given
        String site = "all-views";
        String visitor = "visitor-of-all-views";
        String session = SampleEvents.session(visitor, 1);
        platform().start();

        // when
        platform().track(session, Events.start(session, visitor, site));
        platform().track(session, Events.engaged(session, 180, 80, 10));
        platform().lead(site, SampleEvents.leadCaptured(site + "_1", Events.submission(site, 1)));
        platform().receipt(site, receipt(site, 1));
        platform().flush();

        // then
        eventually(() -> {
            assertThat(
                            one(
                                    "select engagement_score, engagement_label, clicks, duration_seconds from read.sessions where session_id = ?",
                                    session))
                    .containsEntry("engagement_score", 52)
                    .containsEntry("engagement_label", "Hot")
                    .containsEntry("clicks", 10)
                    .containsEntry("duration_seconds", 180L);
            assertThat(
                            one(
                                    "select email, submissions, channel from read.leads where site_id = ?",
                                    site))
                    .containsEntry("email", "zoe@example.org")
                    .containsEntry("submissions", 1);
            assertThat(one("select outcome, payload from read.submissions where site_id = ?", site))
                    .containsEntry("outcome", "accepted")
                    .containsEntry("payload", "{\"EMAIL\":\"zoe@example.org\"}");
            assertThat(
                            one(
                                    "select leads, submissions, source from read.lead_volume_15m where site_id = ?",
                                    site))
                    .containsEntry("leads", 1L)
                    .containsEntry("source", "google");
            assertThat(
                            one(
                                    "select sessions, events, page_views, clicks from read.traffic_15m where site_id = ?",
                                    site))
                    .containsEntry("sessions", 1L)
                    .containsEntry("clicks", 10L);
            assertThat(
                            one(
                                    "select views, unique_sessions from read.page_views_15m where site_id = ?",
                                    site))
                    .containsEntry("views", 1L)
                    .containsEntry("unique_sessions", 1L);
            assertThat(
                            one(
                                    "select received, accepted from read.intake_15m where site_id = ?",
                                    site))
                    .containsEntry("received", 1L)
                    .containsEntry("accepted", 1L);
        });
        accountsBalance();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 5_000})
    void sameRowsAfterReadingEverythingAgainInOtherBatches(int batch) throws Exception {
        // given
        String site = "again-" + batch;
        platform().start();
        traffic(site, 60);
        eventually(() -> everythingOf60VisitsIsIn(site));
        eventually(this::caughtUp);
        platform().stop();
        var before = rows(site);
        var positions = positions();
        platform().jdbc().sql("delete from ops.projection_position").update();

        // when
        platform().start("--headwater.sink.batch-size=" + batch);

        // then
        eventually(() -> {
            isBackAt(positions);
            caughtUp();
            assertThat(rows(site)).isEqualTo(before);
            accountsBalance();
        });
    }

    @Test
    void sameRowsFromAnEmptyStateAndEmptyTables() throws Exception {
        // given
        String site = "rebuilt";
        platform().start();
        traffic(site, 60);
        eventually(() -> everythingOf60VisitsIsIn(site));
        eventually(this::caughtUp);
        platform().stop();
        var before = rows(site);
        var positions = positions();
        platform().jdbc().sql("delete from ops.projection_position").update();
        platform()
                .jdbc()
                .sql(
                        "truncate sessions_g1.sessions, traffic_g1.traffic_15m, traffic_g1.page_views_15m")
                .update();

        // when
        platform().deleteState();
        platform().start();

        // then
        eventually(() -> {
            isBackAt(positions);
            caughtUp();
            assertThat(rows(site)).isEqualTo(before);
            accountsBalance();
        });
    }

    @Test
    void undecodableSourceRecordIsSkippedVisibly() throws Exception {
        // given
        String site = "undecodable";
        platform().start();

        // when
        platform()
                .raw(
                        Topics.TRACKING_EVENTS.name(),
                        0,
                        "whoever",
                        "not ours".getBytes(StandardCharsets.UTF_8));
        platform().flush();
        eventually(() ->
                assertThat(
                                one(
                                        "select count(*) n from ops.dead_letter where projection = ?",
                                        "traffic"))
                        .containsEntry("n", 1L));
        traffic(site, 10);

        // then
        eventually(() -> {
            assertThat(events(site)).isEqualTo(40L);
            assertThat(
                            one(
                                    "select count(*) n, min(stage) stage, min(cause) cause from ops.dead_letter where projection = ? and value = 'not ours'::bytea",
                                    "sessions"))
                    .containsEntry("n", 1L)
                    .containsEntry("stage", "decode");
            assertThat(
                            one(
                                    "select sum(skipped)::bigint n from ops.projection_position where projection = ?",
                                    "sessions"))
                    .extractingByKey("n")
                    .isNotEqualTo(0L);
        });
        accountsBalance();
    }

    @Test
    void poisonRowIsParkedAndTheOthersGoOn() throws Exception {
        // given
        String site = "poison";
        String visitor = "visitor-of-poison";
        String bad = SampleEvents.session(visitor, 66);
        platform().start();
        eventually(() ->
                assertThat(one("select count(*) n from read.sessions where site_id = ?", "-"))
                        .isNotEmpty());
        platform()
                .jdbc()
                .sql(
                        "alter table sessions_g1.sessions add constraint no_poison check (entry_page <> 'poison')")
                .update();

        // when
        platform()
                .track(
                        bad,
                        SampleEvents.sessionStarted()
                                .setSessionId(bad)
                                .setVisitorId(visitor)
                                .setSiteId(site)
                                .setPage("poison")
                                .build());
        traffic(site, 50);
        platform().track(bad, Events.engaged(bad, 10, 0, 1));
        platform().flush();

        // then
        eventually(() -> {
            assertThat(one("select count(*) n from read.sessions where site_id = ?", site))
                    .containsEntry("n", 50L);
            assertThat(
                            one(
                                    "select count(*) n, max(sqlstate) state, bool_and(value is not null) kept from ops.parked where row_key = ?",
                                    "sessions|" + bad))
                    .containsEntry("state", "23514")
                    .containsEntry("kept", true);
        });
        accountsBalance();
        platform()
                .jdbc()
                .sql("alter table sessions_g1.sessions drop constraint no_poison")
                .update();
    }

    @Test
    void foldThatLostItsOffsetsIsRefusedAndCountsNothingTwice() throws Exception {
        // given
        String site = "offsets-lost";
        String group = "projector-traffic-g1";
        platform().start();
        traffic(site, 60);
        eventually(() -> everythingOf60VisitsIsIn(site));
        eventually(this::caughtUp);
        platform().stop();
        var before = rows(site);
        try (var admin =
                Admin.create(Map.<String, Object>of("bootstrap.servers", platform().bootstrap()))) {
            var offsets =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            eventually(() -> admin.deleteConsumerGroups(List.of(group)).all().get());

            // when
            platform().start();

            // then
            eventually(() -> {
                assertThat(status("traffic"))
                        .containsEntry("health", "STOPPED")
                        .extractingByKey("reason", as(STRING))
                        .contains("offsets are gone");
                assertThat(platform().health()).contains("refused: committed offsets are gone");
                assertThat(status("sessions")).containsEntry("health", "RUNNING");
            });
            assertThat(rows(site)).isEqualTo(before);
            platform().stop();
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        }
        platform().start();
        traffic(site + "-later", 5);
        eventually(() -> assertThat(events(site + "-later")).isEqualTo(20L));
        assertThat(rows(site)).isEqualTo(before);
    }

    @Test
    void startWaitsForAStateFolderThatCanBeMade() throws Exception {
        // given
        String site = "folder";
        var blocked = platform().folder().resolve("blocked");
        Files.createFile(blocked);

        // when
        platform().start("--headwater.state-dir=" + blocked);

        // then
        eventually(() -> assertThat(platform().health()).containsPattern("\"fold \\w+\\.g1: "));
        Files.delete(blocked);
        traffic(site, 5);
        eventually(() -> assertThat(events(site)).isEqualTo(20L));
    }

    @Test
    void projectionThatStoppedStaysStopped() throws Exception {
        // given
        String site = "stopped";
        platform()
                .jdbc()
                .sql(
                        "insert into ops.parked (projection, generation, topic, part, \"offset\", table_name, row_key, sqlstate, error) values ('traffic', 1, 'nowhere', 0, 0, 'none', 'none', 'none', 'none')")
                .update();
        platform().start("--headwater.sink.max-parked-keys=0");
        traffic(site, 5);
        eventually(() -> assertThat(status("traffic")).containsEntry("health", "STOPPED"));
        var epochs = epochs();

        // when
        traffic(site + "-later", 5);

        // then
        eventually(() ->
                assertThat(
                                one(
                                        "select count(*) n from read.sessions where site_id = ?",
                                        site + "-later"))
                        .containsEntry("n", 5L));
        assertThat(status("traffic"))
                .containsEntry("health", "STOPPED")
                .extractingByKey("reason", as(STRING))
                .contains("keys are parked");
        assertThat(epochs()).isEqualTo(epochs);
        platform().stop();
        platform().jdbc().sql("delete from ops.parked where topic = 'nowhere'").update();
        platform().start();
        eventually(() -> assertThat(events(site + "-later")).isEqualTo(20L));
    }

    private Map<String, @Nullable Object> status(String projection) {
        return one("select health, reason from ops.projection where projection = ?", projection);
    }

    private @Nullable Object epochs() {
        return one(
                        "select sum(epoch)::bigint epochs from ops.projection_position where projection = ?",
                        "traffic")
                .get("epochs");
    }

    void traffic(String site, int sessions) throws Exception {
        for (int i = 0; i < sessions; i++) {
            String visitor = site + "-visitor-" + i % (sessions / 2 + 1);
            String session = SampleEvents.session(visitor, i);
            platform().track(session, Events.start(session, visitor, site));
            platform().track(session, Events.viewed(session, 5, "/a"));
            platform().track(session, Events.viewed(session, 60 + i, "/b?q=" + i));
        }
        platform().flush();
    }

    /// The three tables of tracking have folds of their own: each says itself when it is there.
    private void everythingOf60VisitsIsIn(String site) {
        assertThat(events(site)).isEqualTo(240L);
        assertThat(
                        one(
                                "select sum(event_count)::bigint events from read.sessions where site_id = ?",
                                site))
                .containsEntry("events", 240L);
        assertThat(
                        one(
                                "select sum(views)::bigint views, sum(unique_sessions)::bigint firsts from read.page_views_15m where site_id = ?",
                                site))
                .containsEntry("views", 120L)
                .containsEntry("firsts", 120L);
    }

    long events(String site) {
        return platform()
                .jdbc()
                .sql(
                        "select coalesce(sum(events), 0)::bigint from read.traffic_15m where site_id = ?")
                .param(site)
                .query(Long.class)
                .single();
    }

    List<List<Map<String, @Nullable Object>>> rows(String site) {
        return List.of(
                all("select * from read.sessions where site_id = ? order by session_id", site),
                all(
                        "select * from read.traffic_15m where site_id = ? order by 1, 2, 3, 4, 5, 6",
                        site),
                all("select * from read.page_views_15m where site_id = ? order by 1, 2, 3", site));
    }

    private Map<String, Long> positions() {
        Map<String, Long> positions = new HashMap<>();
        all(
                        "select topic || ':' || part as partition, next_offset from ops.projection_position where generation = ?",
                        1)
                .forEach(row ->
                        positions.put(
                                String.valueOf(row.get("partition")),
                                (Long) requireNonNull(row.get("next_offset"))));
        return positions;
    }

    /// A sink that has only just claimed its partitions looks caught up: it must have read again.
    private void isBackAt(Map<String, Long> before) {
        var now = positions();
        assertThat(now).containsOnlyKeys(before.keySet());
        before.forEach((partition, next) ->
                assertThat(now.get(partition)).as(partition).isGreaterThanOrEqualTo(next));
    }

    void caughtUp() {
        assertThat(
                        all(
                                "select * from ops.projection where generation = ? and (source_lag > 0 or sink_lag > 0 or health <> 'RUNNING' or heartbeat < now() - interval '5 s')",
                                1))
                .isEmpty();
        assertThat(
                        all(
                                "select * from ops.projection_position where generation = ? and next_offset < end_offset",
                                1))
                .isEmpty();
        assertThat(
                        one(
                                "select count(distinct projection) n from ops.projection_position where generation = ?",
                                1))
                .containsEntry("n", 6L);
    }

    void accountsBalance() {
        assertThat(
                        all(
                                "select * from ops.projection_position where generation = ? and read <> applied + parked + skipped",
                                1))
                .isEmpty();
        assertThat(
                        all(
                                "select p.projection, p.parked from (select projection, sum(parked) parked from ops.projection_position group by 1) p where parked <> (select count(*) from ops.parked k where k.projection = p.projection and k.generation = ?) and parked > 0",
                                1))
                .isEmpty();
    }

    void eventually(ThrowingRunnable assertion) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    Map<String, @Nullable Object> one(String sql, Object parameter) {
        return platform().jdbc().sql(sql).param(parameter).query().singleRow();
    }

    private List<Map<String, @Nullable Object>> all(String sql, Object parameter) {
        return platform().jdbc().sql(sql).param(parameter).query().listOfRows();
    }

    private static ReceiptRecorded receipt(String site, int number) {
        return ReceiptRecorded.newBuilder()
                .setReceiptId("receipt-" + number)
                .setSiteId(site)
                .setChannel("form")
                .setSubmissionIds(List.of("submission-" + number))
                .setReceivedAt(NOON)
                .build();
    }
}
