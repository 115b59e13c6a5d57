package io.headwater.projectors;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.schema.SampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the application does between Kafka and Postgres; run on each kind of back end.
abstract class ProjectorsSuite extends FaultSuite {

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
        platform().receipt(site, Events.receipt(site, 1));
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

    @Test
    void metricsTellWhatBecameOfTheRecords() throws Exception {
        // given
        String site = "accounted";
        platform().start();

        // when
        traffic(site, 5);

        // then
        eventually(() -> {
            assertThat(events(site)).isEqualTo(20L);
            long applied =
                    (long)
                            requireNonNull(
                                    one(
                                                    "select sum(applied)::bigint n from ops.projection_position where projection = ?",
                                                    "traffic")
                                            .get("n"));
            assertThat(metric("projection.records.applied"))
                    .contains("\"value\":" + applied + ".0");
            assertThat(metric("projection.accounting.holds")).contains("\"value\":1.0");
            assertThat(metric("projection.heartbeat.age")).contains("\"baseUnit\":\"seconds\"");
        });
    }

    private String metric(String name) throws Exception {
        return platform()
                .answer("/actuator/metrics/" + name + "?tag=projection:traffic&tag=generation:1");
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
}
