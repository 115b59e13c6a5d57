package io.headwater.launcher.projections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {
    private static final String REPORT =
            """
            {"projection":"traffic","generation":2,"against":1,"equal":false,"rows":12345,
             "tables":[
              {"table":"traffic_15m","rows":{"live":100,"candidate":99},"equal":false,
               "ignored_columns":["engaged"],
               "differences":{"total":13,"listed":[
                {"key":"main|a","kind":"changed","columns":["events","visits"]},
                {"key":"main|b","kind":"only-live","columns":[]},
                {"key":"main|c","kind":"only-candidate","columns":[]}]}},
              {"table":"page_views_15m","rows":{"live":5,"candidate":5},"equal":true,
               "ignored_columns":[],"differences":{"total":0,"listed":[]}}],
             "expected":[],"dead_letters":["lead.events.v1 3 @7: no site"],
             "refused_because":"13 rows differ"}
            """;

    @TempDir Path data;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private FakeQueryApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeQueryApi();
        api.writeRunFile(data);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aRebuildIsWatchedUntilItIsLive() {
        api.accept("rebuild", "2")
                .look(generation(1, "LIVE"))
                .look(generation(1, "LIVE"), generation(2, "BACKFILL"))
                .lookInVain()
                .look(generation(1, "LIVE"), generation(2, "CATCHING_UP"))
                .look(generation(1, "RETIRING"), compared(2, "LIVE", true))
                .on("GET /api/projections/traffic/generations/2/report", 200, REPORT);

        int status = run("rebuild", "traffic", "--watch", "--max-rate", "50", "--expect", "a.b");

        assertThat(status).as(said()).isEqualTo(Operator.DONE);
        assertThat(api.asked.getFirst())
                .isEqualTo(
                        "POST /api/projections/traffic/rebuild"
                                + " {\"max_rate\":50,\"expected\":[\"a.b\"]}");
        assertThat(said())
                .containsSubsequence(
                        "traffic g2 BACKFILL 50 %",
                        "still trying",
                        "answers again",
                        "traffic g2 CATCHING_UP",
                        "compared with generation 1 at one cut: 2 tables, 12,345 rows",
                        "traffic: generation 2 is live");
    }

    @Test
    void aDifferenceIsToldByKeyAndColumnAndFails() {
        api.accept("verify", "2")
                .look(generation(1, "LIVE"), generation(2, "VERIFYING"))
                .look(generation(1, "LIVE"), compared(2, "FAILED", false))
                .on("GET /api/projections/traffic/generations/2/report", 200, REPORT);

        int status = run("verify", "traffic");

        assertThat(status).isEqualTo(Operator.FAILED);
        assertThat(said().lines())
                .contains(
                        "  traffic_15m     99 rows where the live one has 100, DIFFERS in 13 rows"
                                + " (not compared: engaged)",
                        "    main|a  differs in events, visits",
                        "    main|b  is missing in the rebuild",
                        "    main|c  is only in the rebuild",
                        "    … and 10 more",
                        "  page_views_15m  5 rows, equal",
                        "  cannot be folded any more: lead.events.v1 3 @7: no site",
                        "not switched: 13 rows differ",
                        "traffic: generation 2 failed: why it is so");
        assertThat(said()).contains("./headwater retire traffic --generation 2");
    }

    @Test
    void anEqualVerificationIsDoneHoweverFarItsRetirementIs() {
        api.accept("verify", "2")
                .look(generation(1, "LIVE"), compared(2, "GONE", true))
                .on("GET /api/projections/traffic/generations/2/report", 200, REPORT);

        assertThat(run("rebuild", "traffic", "--verify-only", "--watch")).isEqualTo(Operator.DONE);
        assertThat(said()).contains("the live view is equal to one made from the topics");
    }

    @Test
    void aSampleIsWaitedForAndToldByKeyAndColumn() {
        String other = "{\"request_id\":6,\"ended_at\":\"2026-11-29T03:00:00Z\",\"keys\":9}";
        api.accept("verify", "1")
                .on(
                        "GET /api/projections/traffic/samples",
                        200,
                        """
                        [{"request_id":7,"ended_at":"2026-11-29T04:00:00Z","keys":50,"differing":1,
                          "skipped":2,"reason":"k9: more than 100 events","findings":[
                           {"key":"k7","rows":[
                            {"row":"leads|k7","kind":"changed","columns":["status","version"]},
                            {"row":"lead_money|k7|EUR","kind":"missing","columns":[]}]}]},
                         %s]
                        """
                                .formatted(other));

        int status = run("verify", "traffic", "--sample", "52");

        assertThat(status).isEqualTo(Operator.FAILED);
        assertThat(api.asked.getFirst())
                .isEqualTo("POST /api/projections/traffic/verify {\"sample\":52}");
        assertThat(said().lines())
                .contains(
                        "sample of 50 keys, 1 DIFFER, 2 not compared (k9: more than 100 events),"
                                + " 2026-11-29T04:00:00Z",
                        "  k7",
                        "    leads|k7  differs in status, version",
                        "    lead_money|k7|EUR  is missing");
    }

    @Test
    void aSampleThatIsEqualIsDone() {
        api.accept("verify", "1")
                .on(
                        "GET /api/projections/traffic/samples",
                        200,
                        "[{\"request_id\":7,\"ended_at\":\"2026-11-29T04:00:00Z\",\"keys\":50,\"findings\":[]}]");

        assertThat(run("verify", "traffic", "--sample=50")).isEqualTo(Operator.DONE);
        assertThat(said()).contains("sample of 50 keys, equal");
    }

    @ParameterizedTest
    @CsvSource({"serve, dropped before it was live", "verify, dropped before it was compared"})
    void whatSomebodyDroppedMeanwhileFailed(String purpose, String why) {
        api.accept("rebuild", "2")
                .look(generation(2, "GONE").replace("\"serve\"", "\"" + purpose + "\""));

        assertThat(run("rebuild", "traffic", "--watch")).isEqualTo(Operator.FAILED);
        assertThat(said()).contains(why);
    }

    @Test
    void withoutWatchItOnlyBegins() {
        api.accept("rebuild", "2");

        assertThat(run("rebuild", "traffic")).isEqualTo(Operator.DONE);
        assertThat(said()).contains("generation 2 is on its way");
    }

    @Test
    void aRefusalIsToldWithItsRule() {
        api.on(
                "POST /api/projections/traffic/rebuild",
                409,
                "{\"type\":\"/problems/rebuild-running\",\"detail\":\"generation 2 is on its way\"}");

        assertThat(run("rebuild", "traffic", "--watch")).isEqualTo(Operator.UNABLE);
        assertThat(said())
                .isEqualTo(
                        "headwater: rebuild of traffic refused (rebuild-running): generation 2 is"
                                + " on its way\n");
    }

    @Test
    void whatNobodyAnswersIsNoRefusal() {
        api.on(
                "POST /api/projections/traffic/rebuild",
                503,
                "{\"type\":\"/problems/projectors-unavailable\",\"detail\":\"request 7 stands\"}");

        assertThat(run("rebuild", "traffic")).isEqualTo(Operator.UNABLE);
        assertThat(said())
                .contains("not answered (projectors-unavailable): request 7 stands")
                .doesNotContain("refused");
    }

    @Test
    void rollbackWaitsForTheSwitch() {
        api.accept("rollback", "1")
                .look(generation(1, "RETIRING"), generation(2, "LIVE"))
                .look(generation(1, "LIVE"), generation(2, "RETIRING"));

        assertThat(run("rollback", "traffic")).isEqualTo(Operator.DONE);
        assertThat(said()).contains("traffic: generation 1 is live");
    }

    @Test
    void retireWaitsForAllThatWereLiveOrFailed() {
        api.accept("retire", "null")
                .look(
                        generation(1, "RETIRING"),
                        generation(2, "LIVE"),
                        generation(3, "FAILED"),
                        generation(4, "BACKFILL"))
                .look(generation(1, "GONE"), generation(2, "LIVE"), generation(3, "RETIRING"))
                .look(
                        generation(1, "GONE"),
                        generation(2, "LIVE"),
                        generation(3, "GONE"),
                        generation(4, "BACKFILL"));

        assertThat(run("retire", "traffic")).isEqualTo(Operator.DONE);
        assertThat(api.asked).containsExactly("POST /api/projections/traffic/retire {}");
        assertThat(said()).contains("traffic: generations 1, 3 are gone");
    }

    @Test
    void whyOneIsNotDroppedIsToldAtOnce() {
        String read = "view.traffic.g3 is still read by the consumer group x";
        api.accept("retire", "3")
                .look(generation(3, "RETIRING"))
                .look(generation(3, "RETIRING").replace("\"purpose\"", reason("fold stops")))
                .look(generation(3, "RETIRING").replace("\"purpose\"", reason(read)));

        long began = System.nanoTime();
        assertThat(run("retire", "traffic", "--generation", "3")).isEqualTo(Operator.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
        assertThat(said()).contains("generation 3 not gone yet").contains("g3: " + read);
    }

    private static String reason(String why) {
        return "\"reason\":\"" + why + "\",\"purpose\"";
    }

    @Test
    void oneGenerationIsRetiredByName() {
        api.accept("retire", "3").look(generation(1, "RETIRING"), generation(3, "GONE"));

        assertThat(run("retire", "traffic", "--generation", "3")).isEqualTo(Operator.DONE);
        assertThat(api.asked)
                .containsExactly("POST /api/projections/traffic/retire {\"generation\":3}");
        assertThat(said()).contains("traffic: generation 3 is gone");
    }

    @Test
    void theReportIsOfTheNewestThatWasCompared() {
        api.look(generation(1, "LIVE"), compared(2, "GONE", true), generation(3, "BACKFILL"))
                .on("GET /api/projections/traffic/generations/2/report", 200, "{\"rows\":1}");

        assertThat(run("report", "traffic")).isEqualTo(Operator.DONE);
        assertThat(said()).isEqualTo("{\"rows\":1}\n");
        assertThat(run("report", "traffic", "--generation", "1")).isEqualTo(Operator.UNABLE);
        assertThat(said()).contains("generation 1 was not compared");
    }

    @Test
    void theTableShowsEveryGeneration() {
        api.look(generation(1, "LIVE"), generation(2, "BACKFILL"), generation(3, "FAILED"));

        assertThat(run("projections")).as(said()).isEqualTo(Operator.DONE);
        assertThat(said().lines())
                .containsExactly(
                        "projection  gen  state     health   lag age  position               accounting  fenced",
                        "traffic     g1   LIVE      running  40 ms    1,200 of 1,300         holds       2",
                        "traffic     g2   BACKFILL  running  40 ms    50 % of 200, ETA 0:09  holds       2",
                        "traffic     g3   FAILED    -        40 ms    1,200 of 1,300         holds       2",
                        "traffic g3: why it is so");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"alive\":true | \"alive\":false | no heartbeat",
                "\"RUNNING\" | \"STOPPED\" | stopped",
                "\"holds\":true | \"holds\":false | DOES NOT HOLD",
            })
    void aTableThatIsNotWellFails(String well, String ill, String told) {
        api.look(generation(1, "LIVE").replace(well, ill));

        assertThat(run("projections")).isEqualTo(Operator.FAILED);
        assertThat(said()).contains(told);
    }

    @Test
    void whatCannotBeAskedIsSaidPlainly() {
        assertThat(run("rebuild")).isEqualTo(Operator.UNABLE);
        assertThat(run("rebuild", "traffic", "--force", "x")).isEqualTo(Operator.UNABLE);
        assertThat(run("rollback", "nothing")).isEqualTo(Operator.UNABLE);
        api.close();
        assertThat(run("projections")).isEqualTo(Operator.UNABLE);
        data = data.resolve("elsewhere");
        assertThat(run("projections")).isEqualTo(Operator.UNABLE);

        assertThat(said())
                .containsSubsequence(
                        "which projection?",
                        "unknown option --force",
                        "refused (not-found)",
                        "query-api does not answer at http://127.0.0.1:",
                        "Headwater does not run on");
    }

    private int run(String... words) {
        var args = new ArrayList<>(List.of(words));
        args.add("--data=" + data);
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Operator.run(args, out, out, new ProgressBar(out, false, 100), Duration.ofMillis(5));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static String compared(int number, String state, boolean equal) {
        return generation(number, state)
                .replace("\"serve\"", equal && state.equals("GONE") ? "\"verify\"" : "\"serve\"")
                .replace(
                        "\"verification\":null",
                        "\"verification\":{\"report_id\":5,\"equal\":" + equal + "}");
    }

    private static String generation(int number, String state) {
        String progress =
                state.matches("BACKFILL|CATCHING_UP|VERIFYING")
                        ? "{\"done\":100,\"total\":200,\"per_second\":11.5,\"eta_seconds\":9}"
                        : "null";
        return """
        {"name":"traffic","generation":%d,"state":"%s","health":"RUNNING","alive":true,%s
         "purpose":"serve","live_at":null,"retire_at":null,"lag_age_ms":40,"rate_limit":null,
         "progress":%s,"verification":null,
         "accounting":{"read":5,"applied":5,"parked":0,"skipped":0,"fenced":2,"holds":true},
         "positions":[{"next_offset":200,"end_offset":300},{"next_offset":1000,"end_offset":1000}]}
        """
                .formatted(
                        number,
                        state,
                        state.equals("FAILED") ? "\"reason\":\"why it is so\"," : "",
                        progress);
    }
}
