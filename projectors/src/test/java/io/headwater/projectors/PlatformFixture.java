package io.headwater.projectors;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.schema.SampleEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// The application between Kafka and Postgres, on whatever back ends the subclass brings.
///
/// Topics are shared by the tests of one back end: every test uses its own sites and visitors.
abstract class PlatformFixture {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    abstract Platform platform();

    @AfterEach
    void stop() {
        platform().stop();
    }

    Map<String, @Nullable Object> status(String projection) {
        return one("select health, reason from ops.projection where projection = ?", projection);
    }

    @Nullable Object epochs() {
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
    void everythingOf60VisitsIsIn(String site) {
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

    Map<String, Long> positions() {
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
    void isBackAt(Map<String, Long> before) {
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

    List<Map<String, @Nullable Object>> all(String sql, Object parameter) {
        return platform().jdbc().sql(sql).param(parameter).query().listOfRows();
    }
}
