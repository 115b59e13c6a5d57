package io.headwater.projectors.platform.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.SharedTables;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is asked at night, and that it is asked once.
class NightlyIT {

    /// The hour that it is now is the one that is set.
    private static final Instant NIGHT = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private static final int HOUR = NIGHT.atOffset(ZoneOffset.UTC).getHour();

    private JdbcClient jdbc;
    private Nightly nightly;

    @BeforeEach
    void start() {
        jdbc = SharedTables.ops();
        nightly = nightly(new NightlySettings(HOUR, 25, Set.of("counted_a", "counted_b")));
    }

    @AfterEach
    void clear() {
        jdbc.sql("delete from ops.request where actor = 'nightly'").update();
        jdbc.sql("delete from ops.projection where projection like 'counted%'").update();
    }

    @Test
    void whatHasKeysIsSampledAndOneAfterTheOtherIsMadeAnew() {
        nightly.look(NIGHT);
        assertThat(asked()).containsExactly("keyed verify {\"sample\": 25}", anyRebuild());

        // It runs: the other one waits.
        String first = asked().getLast().split(" ")[0];
        jdbc.sql(
                        "insert into ops.projection (projection, generation, fold_version, state) values (:name, 2, 1, 'BACKFILL')")
                .param("name", first)
                .update();
        nightly.look(NIGHT.plusSeconds(60));
        assertThat(asked()).hasSize(2);

        jdbc.sql("delete from ops.projection where projection = :name")
                .param("name", first)
                .update();
        nightly.look(NIGHT.plusSeconds(120));
        nightly.look(NIGHT.plusSeconds(180));
        assertThat(asked())
                .containsExactlyInAnyOrder(
                        "keyed verify {\"sample\": 25}",
                        "counted_a verify {}",
                        "counted_b verify {}");
    }

    @Test
    void theHourIsKeptAndOffIsOff() {
        nightly.look(NIGHT.minusSeconds(1));
        nightly.look(NIGHT.plusSeconds(3_600));
        nightly(new NightlySettings(HOUR, 0, Set.of())).look(NIGHT);

        assertThat(asked()).isEmpty();
    }

    @Test
    void theNextNightAsksAgain() {
        var samples = nightly(new NightlySettings(HOUR, 7, Set.of()));
        samples.look(NIGHT);
        samples.look(NIGHT.plusSeconds(86_400));

        assertThat(asked())
                .containsExactly("keyed verify {\"sample\": 7}", "keyed verify {\"sample\": 7}");
    }

    private String anyRebuild() {
        return asked().contains("counted_a verify {}")
                ? "counted_a verify {}"
                : "counted_b verify {}";
    }

    private Nightly nightly(NightlySettings settings) {
        return new Nightly(
                settings,
                Set.of("keyed", "counted_a", "counted_b"),
                "keyed"::equals,
                new Generations(jdbc),
                jdbc);
    }

    private List<@Nullable String> asked() {
        return jdbc.sql(
                        """
                        select projection || ' ' || action || ' ' || options
                        from ops.request where actor = 'nightly' order by id\
                        """)
                .query(String.class)
                .list();
    }
}
