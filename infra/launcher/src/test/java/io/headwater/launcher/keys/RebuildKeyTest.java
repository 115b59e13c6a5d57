package io.headwater.launcher.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.launcher.CannedQueryApi;
import io.headwater.launcher.CannedQueryApi.Call;
import io.headwater.launcher.CannedQueryApi.Canned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildKeyTest {

    private static final String REBUILT =
            """
            {"source":"events","rows_checked":4,"left":[],
             "rows":[{"kind":"changed","row":"leads|main_1","columns":["email","status"]},
                     {"kind":"missing","row":"lead_money|main_1|EUR","columns":[]}],
             "cost":{"events":7,"records_read":40,"millis":12,"locked_micros":3400}}
            """;

    @TempDir private Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CannedQueryApi queryApi;
    private int status = 200;
    private String body = REBUILT;

    @BeforeEach
    void start() throws IOException {
        queryApi = new CannedQueryApi(data, _ -> new Canned(status, body));
    }

    @AfterEach
    void stop() {
        queryApi.close();
    }

    @Test
    void saysWhatWasWrong() {
        int exit = run("leads", "main_1", "--data", data.toString());

        assertThat(exit).isZero();
        assertThat(queryApi.calls())
                .containsExactly(
                        new Call(
                                "POST /api/projections/leads/keys/main_1/rebuild",
                                CannedQueryApi.KEY,
                                ""));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        changed  leads|main_1  email,status
                        missing  lead_money|main_1|EUR
                        leads main_1: 2 of 4 rows put right from events; 7 events, 40 records read in 12 ms, the sink waited 3.4 ms
                        """);
    }

    @Test
    void aRefusalIsAnExitStatus() {
        status = 404;
        body = "{\"title\":\"There is nothing here\",\"detail\":\"nothing was recorded of it: x\"}";

        int exit = run("leads", "x", "--data", data.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("headwater: There is nothing here: nothing was recorded of it: x\n");
    }

    @Test
    void mistakesAreTold() {
        assertThat(run("leads")).isEqualTo(1);
        assertThat(run("leads", "x", "--fast")).isEqualTo(1);
        assertThat(run("leads", "x", "--data", data.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("which one?", "unknown option --fast", "does not run on");
    }

    private int run(String... args) {
        return new RebuildKey(new PrintStream(out, true), new PrintStream(err, true))
                .with(List.of(args));
    }
}
