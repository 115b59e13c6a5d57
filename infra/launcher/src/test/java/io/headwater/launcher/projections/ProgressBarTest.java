package io.headwater.launcher.projections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void aLineSaysHowFarItIs() {
        var bar = new ProgressBar(out, true, 110);

        assertThat(bar.line(backfill(500_000, ",\"rate_limit\":9000"), true))
                .isEqualTo(
                        "traffic g2 BACKFILL [##########----------] 50 %, ETA 1:05, 7,692/s,"
                                + " 500,000 of 1,000,000, lag age 3.2 s, limited to 9,000/s");
    }

    @Test
    void aBackfillInBulkTellsItsStep() {
        var bar = new ProgressBar(out, false, 110);

        assertThat(bar.line(backfill(500_000, ",\"step\":\"handing_over\""), false))
                .startsWith("traffic g2 BACKFILL (handing over) 50 %, ");
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        var bar = new ProgressBar(out, false, 110);
        var planned =
                generation(
                        """
                        {"name":"traffic","generation":2,"state":"PLANNED","alive":false,
                         "lag_age_ms":0,"rate_limit":null,
                         "progress":{"done":0,"total":0,"per_second":null,"eta_seconds":null}}
                        """);

        assertThat(bar.line(planned, false))
                .isEqualTo("traffic g2 PLANNED, lag age 0 ms, no heartbeat");
    }

    @Test
    void inATerminalOneLineIsDrawnAgainAndNeverWraps() {
        var bar = new ProgressBar(out, true, 40);

        bar.show(backfill(1, ""));
        bar.show(backfill(999_999, ""));
        bar.say("query-api answers again");

        String drawn = said.toString(StandardCharsets.UTF_8);
        assertThat(drawn).contains("\r", " 99 %").doesNotContain("100 %");
        assertThat(drawn.split("[\r\n]"))
                .allSatisfy(line -> assertThat(line.replace("\033[K", "")).hasSizeLessThan(40));
        assertThat(drawn.lines().toList().getLast()).isEqualTo("query-api answers again");
    }

    @Test
    void elsewhereALineIsWrittenWhenTheStateChanges() {
        var bar = new ProgressBar(out, false, 110);

        bar.show(backfill(1, ""));
        bar.show(backfill(2, ""));
        bar.show(generation("{\"name\":\"traffic\",\"generation\":2,\"state\":\"LIVE\"}"));

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> !line.contains("\r") && !line.contains("["));
    }

    private static Generation backfill(long done, String more) {
        return generation(
                """
                {"name":"traffic","generation":2,"state":"BACKFILL","alive":true,"lag_age_ms":3200,
                 "progress":{"done":%d,"total":1000000,"per_second":7692.3,"eta_seconds":65}%s}
                """
                        .formatted(done, more));
    }

    private static Generation generation(String json) {
        return new Generation(OperatorApi.JSON.readTree(json));
    }
}
