package io.headwater.launcher.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.launcher.CannedQueryApi;
import io.headwater.launcher.CannedQueryApi.Canned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionCommandTest {

    private static final String RULES =
            """
            {"at":"03:00","rules":[
              {"kind":"bodies","keep":"keep","cutoff":null,"sites":{}},
              {"kind":"sessions","keep":"30d","cutoff":"2026-05-01T00:00:00Z","sites":{"shop":"7d"}}],
             "last_run":{"at":"2026-05-31T03:00:00Z","dry_run":false,"rows_cleared":5,"recordings_deleted":1,
                         "kinds":[{"kind":"sessions","keys":2,"objects":0}]}}
            """;
    private static final String RUN =
            """
            {"run_id":"r1","dry_run":%s,"state":"%s","rows_cleared":4,"recordings_deleted":3,"steps":1,"steps_done":1,
             "kinds":[
               {"kind":"bodies","done_at":"x","things":0,"keys":0,"objects":0,"bytes":0,"sites":[]},
               {"kind":"sessions","done_at":"x","things":2,"keys":3,"objects":0,"bytes":0,"sites":[
                 {"site_id":"shop","things":2,"keys":3,"objects":0,"bytes":0,
                  "oldest":"2026-01-01T00:00:00Z","newest":"2026-02-01T00:00:00Z"}]}]}
            """;

    @TempDir private Path data;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CannedQueryApi queryApi;
    private Iterator<String> states = List.of("running", "clearing", "done").iterator();

    @BeforeEach
    void start() throws IOException {
        queryApi = new CannedQueryApi(data, call -> answer(call.line()));
    }

    private Canned answer(String asked) {
        int status = 200;
        boolean dry = queryApi.seen().stream().anyMatch(one -> one.contains("dry_run=true"));
        String body = RULES;
        if (asked.contains("kind=leads")) {
            status = 400;
            body = "{\"title\":\"Fields are missing or invalid\",\"detail\":\"see errors\"}";
        } else if (asked.startsWith("POST")) {
            body = RUN.formatted(dry, "running");
        } else if (asked.startsWith("GET /admin/retention/runs/r1")) {
            body = RUN.formatted(dry, states.next());
        }
        return new Canned(status, body);
    }

    @AfterEach
    void stop() {
        queryApi.close();
    }

    private int run(String... words) {
        var args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--data", data.toString()));
        return new RetentionCommand(
                        new PrintStream(out), new PrintStream(err), Duration.ofMillis(1))
                .with(args);
    }

    @Test
    void tellsTheRulesAndWhatWouldGo() {
        assertThat(run()).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        bodies       keep
                        sessions     30d    what is older than 2026-05-01T00:00:00Z  shop: 7d
                        last run 2026-05-31T03:00:00Z: 2 keys, 1 objects, 5 rows cleared

                        bodies       nothing
                        sessions     things 2, keys 3  2026-01-01T00:00:00Z … 2026-02-01T00:00:00Z  of shop
                        would go: 3 keys, 3 objects; nothing was changed. With --apply it goes, which cannot be undone
                        """);
        assertThat(queryApi.seen()).contains("POST /admin/retention/run?dry_run=true");
    }

    @Test
    void appliesOneKindAndWaitsUntilItIsGone() {
        assertThat(run("--apply", "--kind", "sessions")).isZero();

        assertThat(queryApi.seen())
                .contains("POST /admin/retention/run?dry_run=false&kind=sessions");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .endsWith("gone: 3 keys, 3 objects, 4 rows cleared\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("tables and recordings  1 of 1");
    }

    @Test
    void whatTakesLongGoesOnByItself() {
        states = Collections.nCopies(10_000, "running").iterator();

        assertThat(run("--apply", "--wait", "0")).isOne();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it goes on");
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThat(run("--apply", "--kind", "leads")).isOne();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Fields are missing or invalid");
    }
}
