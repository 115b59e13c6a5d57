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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EraseTest {

    private static final String LEAD =
            "{\"lead_id\":\"main_1\",\"created_at\":\"2026-01-02T03:04:05Z\",\"submissions\":2,\"phone\":\"+4930111222\"}";
    private static final String OTHER =
            "{\"lead_id\":\"main_2\",\"created_at\":\"2026-01-02T03:04:05Z\",\"submissions\":1,\"phone\":\"+124930111222\"}";

    private static final Instant NOW = Instant.now();

    @TempDir private Path data;
    private Duration undo = Duration.ZERO;
    private String visitorState = "done";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CannedQueryApi queryApi;
    private Iterator<String> states =
            List.of("", "requested", "forgotten", "destroyed", "done").iterator();

    /// A visitor who was forgotten before: the older wish is told until the new one was read.
    private final Iterator<String> later = List.of("before", "now", "now").iterator();

    @BeforeEach
    void start() throws IOException {
        queryApi = new CannedQueryApi(data, call -> answer(call.line()));
    }

    private Canned answer(String asked) {
        int status = 200;
        String body = "{}";
        if (asked.startsWith("GET /replay/sessions?")) {
            body =
                    asked.contains("visitor_id=v%2F1")
                            ? asked.contains("cursor=c")
                                    ? "{\"items\":[{\"session_id\":\"s2\",\"site_id\":\"main\"}],\"next_cursor\":null}"
                                    : "{\"items\":[{\"session_id\":\"s1\",\"site_id\":\"main\"}],\"next_cursor\":\"c\"}"
                            : "{\"items\":[]}";
        } else if (asked.startsWith("GET /replay/sessions/s")) {
            body = "{\"leads\":[{\"lead_id\":\"main_1\"}]}";
        } else if (asked.equals("GET /admin/erasures/window")) {
            body = "{\"undo_seconds\":%d}".formatted(undo.toSeconds());
        } else if (asked.startsWith("POST ") && asked.endsWith("/erase")) {
            body =
                    "{\"erase_requested_at\":\"%s\",\"forgets_at\":\"%s\"}"
                            .formatted(NOW, NOW.plus(undo));
        } else if (asked.endsWith("/withdraw-erasure")) {
            status = asked.contains("main_2") ? 409 : 200;
            body = "{\"title\":\"A rule forbids this\",\"detail\":\"nobody asked\"}";
        } else if (asked.equals("POST /admin/erasures/visitor/withdraw")) {
            body = "{\"state\":\"withdrawn\"}";
        } else if (asked.equals("POST /admin/erasures/visitor")) {
            body = "{\"requested_at\":\"now\"}";
        } else if (asked.startsWith("GET /admin/erasures/visitor?")) {
            String when = later.next();
            body =
                    "{\"state\":\"%s\",\"keys\":1,\"requested_at\":\"%s\"}"
                            .formatted(visitorState, when);
        } else if (asked.startsWith("GET /admin/erasures/")) {
            String state = states.next();
            status = state.isEmpty() ? 404 : state.equals("away") ? 502 : 200;
            body =
                    "{\"state\":\"%s\",\"requested_at\":\"%s\",\"keys\":3,\"rows\":{\"tables\":5}}"
                            .formatted(state, NOW);
        } else if (asked.startsWith("GET /analytics/leads?")) {
            body = "{\"items\":[" + LEAD + "," + OTHER + "]}";
        } else if (asked.equals("GET /analytics/leads/main_1")) {
            body = LEAD;
        } else if (asked.equals("GET /analytics/leads/main_2")) {
            body = OTHER;
        } else if (asked.equals("GET /analytics/leads/main_3")) {
            body = "{\"lead_id\":\"main_3\",\"merged_leads\":[\"main_2\"]}";
        } else if (asked.startsWith("GET /analytics/leads/")) {
            status = 404;
            body = "{\"title\":\"There is nothing here\",\"detail\":\"no lead\"}";
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
        return new Erase(new PrintStream(out), new PrintStream(err), Duration.ofMillis(1))
                .with(args);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aVisitorIsForgottenWithTheLeadsThatCameOutOfTheirSessions() {
        assertThat(run("--visitor", "v/1", "--yes")).isZero();

        assertThat(said())
                .contains("main/v/1  sessions 2")
                .contains("main_1  done: 3 keys destroyed, 5 rows cleared, 0 recordings deleted")
                .containsOnlyOnce("main/v/1  asked for")
                .containsOnlyOnce("main/v/1  done: 1 keys destroyed");
        assertThat(queryApi.seen())
                .containsOnlyOnce("POST /analytics/leads/main_1/erase")
                .containsOnlyOnce("POST /admin/erasures/visitor")
                .contains("GET /admin/erasures/visitor?site_id=main&visitor_id=v%2F1");
    }

    @Test
    void aVisitorWhoWasNeverHereIsSaidSo() {
        assertThat(run("--visitor", "nobody", "--yes")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no such visitor");
    }

    @Test
    void withoutYesItOnlySaysWhomItFound() {
        assertThat(run("--email", "a+b@example.org")).isZero();

        assertThat(queryApi.seen())
                .containsExactly(
                        "GET /analytics/leads?limit=100&email=a%2Bb%40example.org",
                        "GET /admin/erasures/window");
        assertThat(said())
                .contains("main_1  of 2026-01-02T03:04:05Z  submissions 2", "main_2")
                .contains("2 found; nothing was changed");
    }

    @Test
    void saysHowFarItIsUntilItIsDone() {
        assertThat(run("--lead", "main_1", "--yes")).isZero();

        assertThat(queryApi.seen()).contains("POST /analytics/leads/main_1/erase");
        assertThat(said())
                .endsWith(
                        """
                        main_1  asked for
                        main_1  nothing finds the lead any more
                        main_1  keys destroyed: 3
                        main_1  done: 3 keys destroyed, 5 rows cleared, 0 recordings deleted
                        """);
    }

    /// With `--certify` nobody else knows what to look for.
    @Test
    void commandApiMayStartAgainMeanwhile() {
        states = List.of("requested", "away", "away", "destroyed", "away", "done").iterator();

        assertThat(run("--lead", "main_1", "--yes")).isZero();

        assertThat(said()).contains("main_1  keys destroyed: 3", "main_1  done: 3 keys destroyed");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /// The list finds numbers by their end.
    @Test
    void anotherCountrysNumberIsSomebodyElse() {
        assertThat(run("--phone", "+49 30 111222")).isZero();

        assertThat(said()).contains("main_1").doesNotContain("main_2");
    }

    @Test
    void whatTakesLongGoesOnByItself() {
        states = Collections.nCopies(10_000, "requested").iterator();

        assertThat(run("--lead", "main_1", "--yes", "--wait", "0")).isOne();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it goes on");
    }

    @Test
    void saysWhenItBeginsAndEndsUnlessToldToWait() {
        undo = Duration.ofHours(24);

        assertThat(run("--lead", "main_1")).isZero();
        assertThat(said()).contains("24 h 0 min later if nobody withdraws it");
        assertThat(run("--lead", "main_1", "--yes")).isZero();
        assertThat(said()).contains("main_1  asked for: begins at ").contains("--withdraw");
        assertThat(said()).doesNotContain("main_1  done");

        assertThat(run("--lead", "main_1", "--yes", "--wait", "5")).isZero();
        assertThat(said()).contains("main_1  done");
    }

    @Test
    void aCertificateNeedsSomebodyWhoWaits() {
        undo = Duration.ofHours(24);

        assertThat(run("--lead", "main_1", "--yes", "--certify")).isOne();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Give --wait 1450 or more");
        assertThat(queryApi.seen()).noneMatch(asked -> asked.startsWith("POST"));
    }

    /// What is asked for one is done for all.
    @Test
    void mergedLeadsAreWaitedForAsWell() {
        states = List.of("done", "forgotten", "done").iterator();

        assertThat(run("--lead", "main_3", "--yes")).isZero();

        assertThat(said()).contains("main_2  done").contains("main_3  done");
        assertThat(queryApi.seen()).containsOnlyOnce("POST /analytics/leads/main_3/erase");
    }

    @Test
    void whatSomebodyWithdrewMeanwhileIsNotWaitedFor() {
        states = List.of("requested", "withdrawn").iterator();

        assertThat(run("--lead", "main_1", "--yes")).isOne();
    }

    @Test
    void itIsTakenBack() {
        assertThat(run("--email", "a@example.org", "--withdraw")).isZero();

        assertThat(said())
                .contains("main_1  withdrawn: the person is not forgotten")
                .contains("main_2  A rule forbids this: nobody asked");
        assertThat(queryApi.seen()).noneMatch(asked -> asked.endsWith("/erase"));

        assertThat(run("--lead", "main_2", "--withdraw")).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing was withdrawn");
    }

    @Test
    void aVisitorsWishIsTakenBackWhenItIsInTime() {
        visitorState = "withdrawn";
        assertThat(run("--visitor", "v/1", "--withdraw")).isZero();
        assertThat(said()).contains("main/v/1  withdrawn: the visitor is not forgotten");

        visitorState = "forgotten";
        run("--visitor", "v/1", "--withdraw");
        assertThat(said()).contains("main/v/1  too late: forgotten");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--lead main_9 --yes",
                "--phone 030111222",
                "--lead main_1 --email a@example.org",
                "--lead",
                "--yes",
                "--all",
                "--lead main_1 --wait long",
                "--lead main_1 --withdraw --yes"
            })
    void whatItCannotDoIsAnExitStatusAndNothingIsErased(String words) {
        assertThat(run(words.split(" "))).isOne();

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("headwater: ");
        assertThat(queryApi.seen()).noneMatch(asked -> asked.startsWith("POST"));
    }
}
