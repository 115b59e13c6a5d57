package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backends;
import io.headwater.schema.SampleEvents;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What stops a rebuild, a switch or a roll back, or is waited for, and how it is told.
class RebuildRefusedIT extends PlatformFixture {

    @RegisterExtension static final OwnBackends OWN = new OwnBackends();

    private static Backends backends;
    private static Platform platform;
    private static Rebuilding rebuilding;

    @BeforeAll
    static void start() {
        backends = OWN.backends();
        platform = OWN.platform();
        rebuilding = new Rebuilding(platform.jdbc());
    }

    @Override
    Platform platform() {
        return platform;
    }

    @Test
    void aFaultBlocksTheSwitchAndIsNamed() throws Exception {
        // given
        String site = "faulty";
        platform.start(Rebuilding.SETTINGS);
        traffic(site, 40);
        eventually(() -> assertThat(events(site)).isEqualTo(160L));
        eventually(this::sinksAreIdle);
        int live = rebuilding.live("sessions");
        String schema = "sessions_g" + live;
        List<@Nullable String> sessions =
                platform.jdbc()
                        .sql(
                                "select session_id from read.sessions where site_id = ? order by session_id limit 3")
                        .param(site)
                        .query(String.class)
                        .list();
        sql(
                "update %s.sessions set clicks = clicks + 1 where session_id = '%s'",
                schema, sessions.get(0));
        sql("delete from %s.sessions where session_id = '%s'", schema, sessions.get(1));
        sql(
                "create temporary table again as select * from %1$s.sessions where session_id = '%2$s'; update again set session_id = session_id || '-again'; insert into %1$s.sessions select * from again; drop table again",
                schema, sessions.get(2));

        // when
        int generation = rebuilding.ask("sessions", "rebuild").generation();
        rebuilding.awaitState("sessions", generation, "FAILED");

        // then
        assertThat(rebuilding.live("sessions")).isEqualTo(live);
        assertThat(rebuilding.reason("sessions", generation)).startsWith("3 rows differ");
        var report = rebuilding.report("sessions", generation);
        assertThat(report.path("equal").asBoolean()).isFalse();
        var table = report.path("tables").get(0);
        assertThat(table.path("differences").path("total").asInt()).isEqualTo(3);
        assertThat(table.path("differences").path("listed").toString())
                .contains(
                        "{\"key\":\"%s\",\"kind\":\"changed\",\"columns\":[\"clicks\"]}"
                                .formatted(sessions.get(0)))
                .contains("{\"key\":\"%s\",\"kind\":\"only-candidate\"".formatted(sessions.get(1)))
                .contains(
                        "{\"key\":\"%s-again\",\"kind\":\"only-live\"".formatted(sessions.get(2)));

        // when: whoever knows that the live view is wrong says so
        int right =
                rebuilding.ask("sessions", "rebuild", "{\"expected\":[\"sessions\"]}").generation();
        rebuilding.awaitState("sessions", right, "LIVE");

        // then
        assertThat(
                        platform.jdbc()
                                .sql(
                                        "select count(*) from read.sessions where site_id = ? and session_id like '%-again'")
                                .param(site)
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(events(site)).isEqualTo(160L);
        assertThat(rebuilding.ask("sessions", "retire").accepted()).isTrue();
        rebuilding.awaitState("sessions", generation, "GONE");
        rebuilding.awaitState("sessions", live, "GONE");
    }

    @Test
    void aRowThatCannotBeWrittenStopsARebuildAndNamesIt() throws Exception {
        // given
        String site = "poisoned";
        platform.start(Rebuilding.SETTINGS);
        String bad = SampleEvents.session("visitor-of-poisoned", 1);
        traffic(site, 40);
        platform.track(bad, Events.start(bad, "visitor-of-poisoned", site));
        platform.flush();
        eventually(() ->
                assertThat(one("select count(*) n from read.sessions where site_id = ?", site))
                        .containsEntry("n", 41L));
        int live = rebuilding.live("sessions");

        // when
        int generation = rebuilding.ask("sessions", "rebuild", "{\"max_rate\":20}").generation();
        eventually(() ->
                sql(
                        "alter table sessions_g%d.sessions add constraint no_poison check (session_id <> '%s')",
                        generation, bad));
        rebuilding.awaitState("sessions", generation, "FAILED");

        // then
        assertThat(rebuilding.reason("sessions", generation)).contains(bad).contains("23514");
        assertThat(rebuilding.live("sessions")).isEqualTo(live);
        assertThat(rebuilding.ask("sessions", "retire").accepted()).isTrue();
        rebuilding.awaitState("sessions", generation, "GONE");
    }

    @Test
    void whatCannotBeDoneIsRefusedByName() throws Exception {
        platform.start(Rebuilding.SETTINGS);
        eventually(() -> assertThat(status("webhooks")).containsEntry("health", "RUNNING"));

        assertThat(rebuilding.ask("nothing", "rebuild").code()).isEqualTo("unknown-projection");
        assertThat(rebuilding.ask("webhooks", "retire", "{\"generation\":99}").code())
                .isEqualTo("unknown-generation");
        assertThat(
                        rebuilding
                                .ask(
                                        "webhooks",
                                        "retire",
                                        "{\"generation\":" + rebuilding.live("webhooks") + "}")
                                .code())
                .isEqualTo("generation-live");
        int running = rebuilding.ask("webhooks", "rebuild").generation();
        assertThat(rebuilding.ask("webhooks", "verify").code()).isEqualTo("rebuild-running");

        // given up
        assertThat(
                        rebuilding
                                .ask("webhooks", "retire", "{\"generation\":" + running + "}")
                                .accepted())
                .isTrue();
        rebuilding.awaitState("webhooks", running, "GONE");
        rebuilding.ask("webhooks", "retire");
        eventually(() ->
                assertThat(rebuilding.ask("webhooks", "rollback").code())
                        .isEqualTo("nothing-to-roll-back-to"));
        assertThat(rebuilding.ask("webhooks", "retire").code()).isEqualTo("nothing-to-retire");
    }

    @Test
    void aSwitchWaitsForAReaderAndARollBackThatWaitsInVainIsRefused() throws Exception {
        // given
        platform.start(Rebuilding.SETTINGS);
        eventually(() -> assertThat(rebuilding.live("lead_volume")).isPositive());
        int former = rebuilding.live("lead_volume");

        // when
        int now;
        try (var reader = reader()) {
            reader.createStatement().execute("select from read.lead_volume_15m");
            now = rebuilding.ask("lead_volume", "rebuild").generation();
            rebuilding.awaitState("lead_volume", now, "READY");
            assertThat(rebuilding.ask("nothing", "rebuild").code())
                    .as("other requests are answered meanwhile")
                    .isEqualTo("unknown-projection");
            assertThat(rebuilding.state("lead_volume", now)).isEqualTo("READY");
        }

        // then
        rebuilding.awaitState("lead_volume", now, "LIVE");

        // when
        try (var reader = reader()) {
            reader.createStatement().execute("select from read.lead_volume_15m");
            assertThat(rebuilding.ask("lead_volume", "rollback").code()).isEqualTo("views-in-use");
        }

        // then
        assertThat(rebuilding.live("lead_volume")).isEqualTo(now);
        assertThat(rebuilding.ask("lead_volume", "rollback").generation()).isEqualTo(former);

        // when
        int newest = rebuilding.ask("lead_volume", "rebuild").generation();
        rebuilding.awaitState("lead_volume", newest, "LIVE");

        // then
        assertThat(rebuilding.ask("lead_volume", "rollback").generation())
                .as("the one replaced last, not the one made last")
                .isEqualTo(former);
    }

    @Test
    void aGenerationWhoseFoldIsGoneIsNotRun() throws Exception {
        // given
        platform.start(Rebuilding.SETTINGS);
        eventually(() -> assertThat(status("leads")).containsEntry("health", "RUNNING"));
        platform.stop();
        sql("update ops.projection set fold_version = fold_version - 1 where projection = 'leads'");

        // when
        platform.start(Rebuilding.SETTINGS);

        // then
        try {
            eventually(() ->
                    assertThat(platform.health())
                            .contains("of which the code is gone")
                            .contains("\"status\":\"DOWN\""));
        } finally {
            sql(
                    "update ops.projection set fold_version = fold_version + 1 where projection = 'leads'");
        }
        eventually(() -> assertThat(platform.health()).startsWith("{\"status\":\"UP\""));
    }

    private void sinksAreIdle() {
        assertThat(
                        rebuilding.all(
                                "select * from ops.projection where runs and (source_lag > 0 or sink_lag > 0 or heartbeat < now() - interval '5 s')"))
                .isEmpty();
    }

    private static void sql(String sql, @Nullable Object... parts) {
        platform.jdbc().sql(sql.formatted(parts)).update();
    }

    /// Whose locks last until it is closed.
    private static Connection reader() throws SQLException {
        var reader = DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), "");
        reader.setAutoCommit(false);
        return reader;
    }
}
