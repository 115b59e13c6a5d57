package io.headwater.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.platform.vault.Vault;
import io.headwater.events.lead.EraseWithdrawn;
import io.headwater.events.lead.SubjectErased;
import io.headwater.schema.Topics;
import io.headwater.vault.Erasures;
import io.headwater.vault.Erasures.State;
import io.headwater.vault.KeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The time in which a wish to be forgotten can be withdrawn, through the whole application. Its
/// length is the usual one, a day.
@ExtendWith(WholeApi.class)
class ErasureUndoIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration DAY = Duration.ofDays(1);

    private final String site = made("/analytics/sites", "{\"name\":\"Undo\"}", "site_id");
    private final String key =
            made(
                    "/analytics/integrations",
                    "{\"site_id\":\"%s\",\"name\":\"undo\"}".formatted(site),
                    "api_key");

    @BeforeEach
    void usual() {
        WholeApi.restart();
    }

    /// Other tests have the usual one.
    @AfterAll
    static void stop() {
        WholeApi.stop();
    }

    private static String made(String path, String body, String member) {
        return RunningApi.shared().call("POST", path, body).text(member);
    }

    private String lead() {
        String body = "{\"email\":\"%s@undo.test\"}".formatted(UUID.randomUUID());
        var answer = RunningApi.shared().call("POST", "/lead.capture", body, key);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.text("lead_id");
    }

    private static RunningApi.Answer act(String lead, String action, String body) {
        return RunningApi.shared().call("POST", "/analytics/leads/" + lead + "/" + action, body);
    }

    private static RunningApi.Answer told(String lead) {
        return RunningApi.shared().call("GET", "/admin/erasures/" + lead, "");
    }

    private static void awaitState(String lead, String state) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(told(lead).text("state")).isEqualTo(state));
    }

    private static Erasures erasures() {
        return RunningApi.shared().bean(Vault.class).erasures();
    }

    private static void requireKeys(String lead) {
        var kids = erasures().traces(lead).kids();
        assertThat(kids).isNotEmpty();
        var vault = RunningApi.shared().bean(Vault.class);
        assertThat(kids)
                .allSatisfy(kid -> assertThat(vault.find(kid)).isInstanceOf(KeyState.Active.class));
    }

    private static List<String> erased() {
        return WholeApi.log().values(Topics.LEAD_EVENTS.name(), SubjectErased.class).stream()
                .map(SubjectErased::getLeadId)
                .toList();
    }

    @Test
    void nothingIsDestroyedBeforeAndWhatIsWithdrawnNeverIs() {
        String waiting = lead();
        String kept = lead();
        String hurried = lead();
        for (String lead : List.of(waiting, kept)) {
            var asked = act(lead, "erase", "{}");
            assertThat(asked.status()).as("%s", asked).isEqualTo(200);
            assertThat(Instant.parse(asked.text("forgets_at")))
                    .isEqualTo(Instant.parse(asked.text("erase_requested_at")).plus(DAY));
            awaitState(lead, "requested");
            assertThat(told(lead).text("forgets_at")).isEqualTo(asked.text("forgets_at"));
        }
        // one that does not wait: the others were looked at as often
        act(hurried, "erase", "{\"at_once\":true}");
        awaitState(hurried, "destroyed");

        var withdrawn = act(kept, "withdraw-erasure", "{\"reason\":\"a mistake\"}");
        assertThat(withdrawn.status()).as("%s", withdrawn).isEqualTo(200);
        assertThat(withdrawn.body().has("forgets_at")).isFalse();
        awaitState(kept, "withdrawn");
        assertThat(act(kept, "withdraw-erasure", "").text("type"))
                .isEqualTo("/problems/erasure-not-requested");
        assertThat(act(hurried, "withdraw-erasure", "").text("type"))
                .isEqualTo("/problems/lead-erased");

        WholeApi.restart();
        assertThat(told(waiting).text("state")).isEqualTo("requested");
        requireKeys(waiting);
        assertThat(erased()).contains(hurried).doesNotContain(waiting, kept);

        // as if the time was over
        WholeApi.restart("--headwater.erasure.undo=0s");
        awaitState(waiting, "destroyed");
        assertThat(told(kept).text("state")).isEqualTo("withdrawn");
        requireKeys(kept);
        assertThat(erased()).contains(waiting).doesNotContain(kept);
        assertThat(WholeApi.log().values(Topics.LEAD_EVENTS.name(), EraseWithdrawn.class))
                .filteredOn(event -> event.getLeadId().equals(kept))
                .singleElement()
                .satisfies(event -> assertThat(event.getReason()).isEqualTo("a mistake"));

        // asked anew after all
        assertThat(act(kept, "erase", "{}").status()).isEqualTo(200);
        awaitState(kept, "destroyed");
    }

    private RunningApi.Answer visitor(String path, String visitor) {
        return RunningApi.shared()
                .call(
                        "POST",
                        "/admin/erasures/visitor" + path,
                        "{\"site_id\":\"%s\",\"visitor_id\":\"%s\"}".formatted(site, visitor));
    }

    private void awaitVisitor(String visitor, State state) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(erasures().find(site + "/" + visitor))
                                .hasValueSatisfying(
                                        job -> assertThat(job.state()).isEqualTo(state)));
    }

    @Test
    void aVisitorThatNobodyCanBeIsUnknown() {
        for (String id : List.of("nobody", "%00", "a%00b")) {
            var told =
                    RunningApi.shared()
                            .call(
                                    "GET",
                                    "/admin/erasures/visitor?site_id=%s&visitor_id=%s"
                                            .formatted(site, id),
                                    "");
            assertThat(told.status()).as(id).isEqualTo(404);
            assertThat(told.text("type")).isEqualTo("/problems/not-found");
        }
    }

    @Test
    void visitorsHaveTheSameTime() {
        String kept = "kept-" + UUID.randomUUID();
        String waiting = "waiting-" + UUID.randomUUID();
        assertThat(visitor("/withdraw", kept).text("type"))
                .isEqualTo("/problems/erasure-not-requested");
        for (String one : List.of(kept, waiting)) {
            var asked = visitor("", one);
            assertThat(asked.status()).as("%s", asked).isEqualTo(202);
            assertThat(Instant.parse(asked.text("forgets_at")))
                    .isEqualTo(Instant.parse(asked.text("requested_at")).plus(DAY));
            awaitVisitor(one, State.REQUESTED);
            assertThat(visitor("", one).text("requested_at")).isEqualTo(asked.text("requested_at"));
        }

        assertThat(visitor("/withdraw", kept).status()).isEqualTo(202);
        awaitVisitor(kept, State.WITHDRAWN);

        WholeApi.restart("--headwater.erasure.undo=0s");
        awaitVisitor(waiting, State.DESTROYED);
        awaitVisitor(kept, State.WITHDRAWN);
        visitor("", kept);
        awaitVisitor(kept, State.DESTROYED);
    }
}
