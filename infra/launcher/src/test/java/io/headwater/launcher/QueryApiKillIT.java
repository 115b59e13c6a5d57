package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.launcher.Ledger.Fate;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// `kill -9` of query-api in every state of a rebuild beside load, with a request for another one
/// on its way: the rebuild goes on, each request that arrived is carried out or refused once, and
/// what query-api answers is of the live generation, before and after.
///
/// `-Dheadwater.fault.kills=N` and `-Dheadwater.fault.seed=S` choose how often and repeat a run.
@EnabledIfSystemProperty(named = "headwater.full", matches = "true")
class QueryApiKillIT {

    private static final int KILLS =
            Integer.getInteger("headwater.fault.kills", Rebuilds.STATES.size());
    private static final long SEED = Long.getLong("headwater.fault.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /// A state may be over before the kill: then it is tried in the next rebuild.
    private static final int ATTEMPTS = 8;

    private static LaunchedPlatform platform;
    private static QueryApiProcess queryApi;

    @BeforeAll
    static void up() {
        var settings = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        // Fast on a busy machine too, and former generations do not pile up.
        settings.put("REBUILD_STEADY", "1s");
        settings.put("REBUILD_CAUGHT_UP_AGE", "10s");
        settings.put("REBUILD_LIVE_AGE", "5s");
        settings.put("REBUILD_COMMIT_TIME", "2s");
        settings.put("REBUILD_KEEP", "10s");
        platform = LaunchedPlatform.start(settings, "--without", App.QUERY_API.label());
        queryApi = new QueryApiProcess(platform);
        queryApi.launch();
    }

    @AfterAll
    static void down() {
        if (queryApi != null) {
            queryApi.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void killedInAnyStateOfARebuildNoRequestIsLostOrDoneTwice() throws Exception {
        // given
        System.out.printf("QueryApiKillIT: %d kills, seed %d%n", KILLS, SEED);
        var random = new Random(SEED);
        var site = TestSite.make(new Caller(), platform, "query-api-kills");
        var asker = new RebuildAsker(platform);
        var hits = new ArrayList<String>();
        Ledger leads;

        try (var rebuilds = new Rebuilds(platform)) {
            int first = rebuilds.generations().getFirst();
            try (var load = new FaultLoad(platform, site, List.of(session(site)));
                    var reader = new GenerationReader(platform)) {
                leads = load.leads();
                await().atMost(LIMIT).until(() -> leads.acknowledged() > 200);

                // when
                for (String state : states(random)) {
                    int generation = killIn(state, rebuilds, asker);
                    boolean restartsLater = random.nextBoolean();
                    hits.add(state + (restartsLater ? ", away until the switch" : ""));
                    if (restartsLater) {
                        assertThat(rebuilds.awaitState(generation, "LIVE")).isTrue();
                    }
                    int before = reader.reads();
                    queryApi.launch();
                    await().atMost(LIMIT).until(() -> reader.reads() > before + 2);
                }
                rebuilds.awaitNothingOnItsWay();

                // then
                System.out.printf("QueryApiKillIT: killed in %s%n", hits);
                System.out.printf("QueryApiKillIT: %d answers looked at%n", reader.reads());
                assertThat(reader.faults()).as("answers not of the live generation").isEmpty();
            }
            requireEachRequestOnce(rebuilds, asker, first);
            requireEveryLeadOnce(site, leads);
            int proof = asker.verify();
            await().atMost(LIMIT).until(() -> rebuilds.state(proof).equals("GONE"));
            assertThat(rebuilds.comparedEqual(proof)).isTrue();
        }
        assertThat(hits).hasSize(KILLS);
    }

    /// Every state once in an order by lot, then again.
    private static List<String> states(Random random) {
        var states = new ArrayList<String>();
        while (states.size() < KILLS) {
            var round = new ArrayList<>(Rebuilds.STATES);
            Collections.shuffle(round, random);
            states.addAll(round);
        }
        return states.subList(0, KILLS);
    }

    /// Kills it while a rebuild is in this state and a request for another one was written down and
    /// not answered yet, or just so.
    ///
    /// @return the generation
    private static int killIn(String state, Rebuilds rebuilds, RebuildAsker asker)
            throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            rebuilds.awaitNothingOnItsWay();
            var known = rebuilds.generations();
            asker.ask();
            int generation = rebuilds.awaitAnother(known);
            try (var _ = state.equals("READY") ? rebuilds.heldView() : nothing()) {
                if (rebuilds.awaitState(generation, state)
                        && anotherIsOnItsWay(state, rebuilds, asker)
                        && rebuilds.state(generation).equals(state)) {
                    queryApi.kill();
                    return generation;
                }
            }
            System.out.printf("QueryApiKillIT: %s was over too soon%n", state);
        }
        throw new AssertionError(state + " was over too soon in each of " + ATTEMPTS);
    }

    /// While it is planned, the request that it comes from is.
    private static boolean anotherIsOnItsWay(String state, Rebuilds rebuilds, RebuildAsker asker) {
        if (!state.equals("PLANNED")) {
            rebuilds.awaitAsked(asker.ask());
        }
        return true;
    }

    private static AutoCloseable nothing() {
        return () -> {};
    }

    private static void requireEachRequestOnce(Rebuilds rebuilds, RebuildAsker asker, int first)
            throws SQLException {
        var made = new ArrayList<Integer>(List.of(first));
        int unanswered = 0;
        for (var asked : asker.answers().entrySet()) {
            rebuilds.awaitAnswered(asked.getKey());
            var requests = rebuilds.requests(asked.getKey());
            assertThat(requests).as("requests at rate " + asked.getKey()).hasSize(1);
            var request = requests.getFirst();
            if (asked.getValue().isPresent()) {
                var answer = asked.getValue().get();
                assertThat(answer.status())
                        .as(answer.text())
                        .isEqualTo(request.accepted() ? 202 : 409);
            } else {
                unanswered++;
            }
            if (request.accepted()) {
                made.add(request.generation());
            }
        }
        System.out.printf(
                "QueryApiKillIT: %d requests, %d without an answer, %d generations%n",
                asker.answers().size(), unanswered, made.size());
        assertThat(unanswered).as("requests that a kill cut off").isPositive();
        rebuilds.awaitNothingOnItsWay();
        assertThat(made).doesNotHaveDuplicates();
        assertThat(rebuilds.generations()).containsExactlyInAnyOrderElementsOf(made);
        for (int generation : made.subList(1, made.size())) {
            assertThat(rebuilds.steps(generation))
                    .startsWith(Rebuilds.STATES.toArray(String[]::new));
        }
    }

    private static void requireEveryLeadOnce(TestSite site, Ledger leads) {
        int sure = leads.with(Fate.OK).size();
        int most = sure + leads.with(Fate.UNKNOWN).size();
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(site.read("/analytics/engine/overview").path("leads").asInt())
                                .isBetween(sure, most));
    }

    private static String session(TestSite site) {
        return site.call(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"kills\",\"page\":\"/\",\"site_key\":\"%s\"}"
                                .formatted(site.key()))
                .path("session_id")
                .asString();
    }
}
