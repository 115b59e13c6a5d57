package io.headwater.projectors;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import io.headwater.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/// What becomes of records, rows and states that are not as they should be.
abstract class FaultSuite extends PlatformFixture {

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
        platform().start("--headwater.sink.drain-every=1s");
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
        eventually(() -> {
            assertThat(
                            one(
                                    "select count(*) n from ops.parked where row_key = ?",
                                    "sessions|" + bad))
                    .containsEntry("n", 0L);
            assertThat(one("select clicks from read.sessions where session_id = ?", bad))
                    .containsEntry("clicks", 1);
        });
        accountsBalance();
    }

    @Test
    void eventThatCannotBeFoldedIsSkippedVisibly() throws Exception {
        // given
        String site = "unfoldable";
        platform().start();

        // when: in one transaction with its neighbours
        platform().lead(site, SampleEvents.leadCaptured(site + "_1", Events.submission(site, 1)));
        platform().lead(site, SampleLife.contacted(2).setLeadId(site + "_unknown").build());
        platform().lead(site, SampleEvents.leadCaptured(site + "_2", Events.submission(site, 2)));
        platform().flush();

        // then
        eventually(() -> {
            assertThat(one("select count(*) n from read.leads where site_id = ?", site))
                    .containsEntry("n", 2L);
            assertThat(
                            one(
                                    "select count(*) n, min(stage) stage, min(cause) cause from ops.dead_letter where projection = 'leads' and cause like ?",
                                    "%never captured%"))
                    .containsEntry("n", 1L)
                    .containsEntry("stage", "process");
        });
        accountsBalance();
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
        platform().start();
        eventually(() -> assertThat(status("traffic")).containsEntry("health", "RUNNING"));
        platform().stop();
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
}
