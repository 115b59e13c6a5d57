package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.projectors.intake.NextIntake;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two versions of a fold beside each other, each with its own tables: what one may change of the
/// other, what blocks it, and what becomes of events that one of them or both cannot fold.
class FoldVersionsIT extends PlatformFixture {

    private static final String RECEIPTS = Topics.INTAKE_RECEIPTS.name();

    @RegisterExtension static final OwnBackends OWN = new OwnBackends();

    private static Platform platform;
    private static Rebuilding rebuilding;

    @BeforeAll
    static void start() {
        platform = OWN.platform();
        rebuilding = new Rebuilding(platform.jdbc());
        // The first generation is made by the version of the platform.
        run();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(rebuilding.live("intake")).isOne());
        platform.stop();
    }

    @Override
    Platform platform() {
        return platform;
    }

    @Test
    void theNextVersionChangesWhatItSaysAndBothStayAWay() throws Exception {
        // given: an event that neither version can fold
        run();
        received("versioned", 3);
        platform.raw(RECEIPTS, 0, "versioned", new byte[] {1, 2, 3});
        platform.flush();
        eventually(() -> assertThat(receipts("versioned")).isEqualTo(3));
        int former = rebuilding.live("intake");
        platform.stop();

        // when
        run(next(NextIntake.AS_SAID));
        int next = rebuilding.ask("intake", "rebuild").generation();
        rebuilding.awaitState("intake", next, "LIVE");

        // then
        var report = rebuilding.report("intake", next);
        assertThat(report.path("equal").asBoolean()).isTrue();
        assertThat(report.path("fold_versions").path("" + former).asInt()).isEqualTo(2);
        assertThat(report.path("fold_versions").path("" + next).asInt())
                .isEqualTo(NextIntake.VERSION);
        assertThat(report.path("expected").toString())
                .isEqualTo("[\"intake_15m.note\",\"intake_15m.received\"]");
        assertThat(report.path("tables").path(0).path("ignored_columns").toString())
                .isEqualTo("[\"note\",\"received\"]");
        assertThat(letters(next)).isEqualTo(letters(former)).isPositive();
        assertThat(receipts("versioned")).isEqualTo(30);
        assertThat(one("select min(note) note from read.intake_15m where site_id = ?", "versioned"))
                .containsEntry("note", "of the next fold");

        // when: back and forth, with events in between
        assertThat(rebuilding.ask("intake", "rollback").generation()).isEqualTo(former);
        assertThat(receipts("versioned")).isEqualTo(3);
        received("versioned", 2);
        platform.flush();
        eventually(() -> assertThat(receipts("versioned")).isEqualTo(5));
        eventually(() ->
                assertThat(rebuilding.ask("intake", "rollback").generation()).isEqualTo(next));
        eventually(() -> assertThat(receipts("versioned")).isEqualTo(50));

        // when: a version of the platform without it
        platform.stop();
        run();

        // then
        eventually(() ->
                assertThat(platform.health())
                        .contains("intake.g" + next + " was made by fold version 3")
                        .contains("of which the code is gone")
                        .contains("\"status\":\"DOWN\""));

        // when: with it again
        platform.stop();
        run(next(NextIntake.AS_SAID));
        eventually(() -> assertThat(platform.health()).startsWith("{\"status\":\"UP\""));
        eventually(() ->
                assertThat(rebuilding.ask("intake", "rollback").generation()).isEqualTo(former));
        drop(next);
        platform.stop();

        // then: it is no more needed once its last generation is gone
        run();
        eventually(() -> assertThat(platform.health()).startsWith("{\"status\":\"UP\""));
        assertThat(receipts("versioned")).isEqualTo(5);
    }

    @Test
    void aColumnThatItDoesNotNameBlocksIt() throws Exception {
        // given
        run(next(NextIntake.MORE));
        received("more-than-said", 1);
        platform.flush();
        eventually(() -> assertThat(receipts("more-than-said")).isPositive());
        int live = rebuilding.live("intake");

        // when
        int next = rebuilding.ask("intake", "rebuild").generation();
        rebuilding.awaitState("intake", next, "FAILED");

        // then
        assertThat(rebuilding.reason("intake", next))
                .contains("rows differ, first in intake_15m")
                .contains("[accepted]");
        assertThat(rebuilding.live("intake")).isEqualTo(live);
        drop(next);
    }

    @Test
    void anEventThatOnlyTheNextVersionCannotFoldStopsItAtOnce() throws Exception {
        // given: it would be compared in ten minutes only
        run(next(NextIntake.CHOOSY), "--headwater.rebuild.steady=10m");
        platform.raw(RECEIPTS, 1, "unreadable", new byte[] {1, 2, 3});
        received(NextIntake.REFUSED_SITE, 1);
        platform.flush();
        int live = rebuilding.live("intake");

        // when
        int next = rebuilding.ask("intake", "rebuild").generation();
        rebuilding.awaitState("intake", next, "FAILED");

        // then
        assertThat(rebuilding.reason("intake", next))
                .startsWith(
                        "an event that intake.g"
                                + live
                                + " folded cannot be folded: "
                                + RECEIPTS
                                + " ")
                .contains(
                        ", key "
                                + NextIntake.REFUSED_SITE
                                + " (process: UnfoldableException: not of this site)");
        assertThat(rebuilding.steps("intake", next)).doesNotContain("VERIFYING");
        assertThat(rebuilding.live("intake")).isEqualTo(live);
        drop(next);
    }

    @Test
    void aFoldThatCanFoldHardlyAnythingStopsUntilSomebodyDecides() throws Exception {
        // given
        run("--headwater.flood.most-letters=3");
        int live = rebuilding.live("intake");
        long before = letters(live);
        for (int i = 0; i < 6; i++) {
            platform.raw(RECEIPTS, 3, "flooded", new byte[] {9, 9, 9});
        }
        platform.receipt(3, "after-the-flood", Events.receipt("after-the-flood", 1));
        platform.flush();

        // then: a restart is no way around
        eventually(() -> assertStoppedByFlood(live));
        platform.stop();
        run("--headwater.flood.most-letters=3");
        eventually(() -> assertStoppedByFlood(live));
        assertThat(letters(live) - before).isLessThanOrEqualTo(3);
        assertThat(receipts("after-the-flood")).isZero();
        platform.stop();

        // when
        run();

        // then
        eventually(() -> assertThat(receipts("after-the-flood")).isOne());
        eventually(() -> assertThat(letters(live) - before).isEqualTo(6));
    }

    private void assertStoppedByFlood(int live) {
        assertThat(
                        platform.jdbc()
                                .sql(
                                        "select health || ' ' || reason from ops.projection where projection = 'intake' and generation = ? and heartbeat > now() - interval '3 seconds'")
                                .param(live)
                                .query(String.class)
                                .single())
                .startsWith(
                        "STOPPED fold refused: 4 of the last 1000 offsets of " + RECEIPTS + " 3");
    }

    private static void run(String... more) {
        platform.start(
                Stream.concat(Stream.of(Rebuilding.SETTINGS), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static String next(String variant) {
        return "--" + NextIntake.SETTING + "=" + variant;
    }

    private void received(String site, int receipts) {
        for (int i = 0; i < receipts; i++) {
            platform.receipt(site, Events.receipt(site, i));
        }
    }

    private void drop(int generation) {
        assertThat(
                        rebuilding
                                .ask("intake", "retire", "{\"generation\":" + generation + "}")
                                .accepted())
                .isTrue();
        rebuilding.awaitState("intake", generation, "GONE");
    }

    /// As readers see it.
    private static long receipts(String site) {
        return platform.jdbc()
                .sql(
                        "select coalesce(sum(received), 0)::bigint from read.intake_15m where site_id = ?")
                .param(site)
                .query(Long.class)
                .single();
    }

    private static long letters(int generation) {
        return platform.jdbc()
                .sql(
                        "select count(*) from ops.dead_letter where projection = 'intake' and generation = ?")
                .param(generation)
                .query(Long.class)
                .single();
    }
}
