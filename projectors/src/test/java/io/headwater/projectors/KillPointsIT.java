package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.KillPoint.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The projectors end, as by `kill -9`, at exact points within a batch, under live traffic:
/// afterwards the tables are what an independent count of the topics says.
///
/// At one point, picked by lot; in the profile `full` at all of them in turn.
/// `-Dheadwater.fault.kills=N` and `-Dheadwater.fault.seed=S` choose and repeat a run.
class KillPointsIT extends PlatformFixture {

    private static final int KILLS = Integer.getInteger("headwater.fault.kills", 1);

    /// A start included.
    private static final Duration UNTIL_KILLED = Duration.ofMinutes(2);

    private static Backends backends;
    private static Platform platform;

    @BeforeAll
    static void start() {
        backends = TestBackends.fresh();
        backends.start(List.of(Backend.KAFKA, Backend.POSTGRES));
        platform =
                new Platform(
                        backends.kafkaBootstrap(), backends.jdbcUrl(), backends.jdbcUser(), "");
    }

    @AfterAll
    static void end() {
        platform.close();
        backends.close();
    }

    @Override
    Platform platform() {
        return platform;
    }

    @Test
    void killedAtAnyPointOfABatchItCountsEverythingOnce() throws Exception {
        // given
        long seed = Long.getLong("headwater.fault.seed", System.nanoTime());
        System.out.println("KillPointsIT: seed " + seed + ", kills " + KILLS);
        var random = new Random(seed);
        int first = random.nextInt(Place.values().length);
        String site = "points";
        List<String> hits = new ArrayList<>();
        try (var projectors =
                        new ProjectorsProcess(
                                platform,
                                "points",
                                "--headwater.projections=traffic,leads,sessions");
                var live = new LiveTraffic(platform, site)) {

            // when
            for (int kill = 0; kill < KILLS; kill++) {
                var place = Place.values()[(first + kill) % Place.values().length];
                // the first batches after a start are those of what came meanwhile
                int time = 1 + random.nextInt(60);
                projectors.launch(KillPoint.option(platform.folder(), place, time));
                assertThat(projectors.awaitEnd(UNTIL_KILLED))
                        .as("%s, time %d", place, time)
                        .isEqualTo(KillPoint.STATUS);
                hits.add(place + ":" + time);
            }
            assertThat(live.isRunning()).isTrue();
            live.stop();
            projectors.launch();

            // then
            var counted = TopicCount.of(platform, site);
            assertThat(counted.events()).isEqualTo(live.events());
            eventually(() -> assertThat(TopicCount.tables(platform, site)).isEqualTo(counted));
            eventually(() -> {
                assertThat(
                                platform.jdbc()
                                        .sql(
                                                "select * from ops.projection_position where next_offset < end_offset")
                                        .query()
                                        .listOfRows())
                        .isEmpty();
                accountsBalance();
            });
            assertThat(TopicCount.tables(platform, site)).as("after all is in").isEqualTo(counted);
        }
        System.out.println("KillPointsIT: killed at " + hits);
        assertThat(hits).hasSize(KILLS);
    }
}
