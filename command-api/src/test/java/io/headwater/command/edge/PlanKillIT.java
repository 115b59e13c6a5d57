package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.Kills;
import io.headwater.command.LeadInvariants;
import io.headwater.command.TestLog;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of command-api in the midst of a bulk release: whoever comes back goes on with it, and
/// every submission is let out once.
@SuppressWarnings("NullAway.Init")
class PlanKillIT {

    private static final int RELEASED_PER_KILL = 50;
    private static final int RATE = 40;
    private static final String KEY = "plan-kill-source-key";

    @TempDir private Path folder;
    private Backends backends;
    private KillableApi api;
    private TestLog log;

    @BeforeEach
    void start() throws IOException {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        backends.start(Backend.POSTGRES);
        Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), 4, (short) 1);
        api =
                new KillableApi(
                        folder,
                        backends,
                        "--headwater.postgres.url=" + backends.jdbcUrl(),
                        "--headwater.plans.poll=200ms",
                        "--headwater.plans.lease=3s");
        api.launch();
        log = api.log();
    }

    @AfterEach
    void stop() throws InterruptedException {
        api.close();
        backends.close();
    }

    @Test
    void everySubmissionIsLetOutOnceWhateverDies() throws Exception {
        var kills = new Kills("PlanKillIT");
        int count = RELEASED_PER_KILL * (kills.count() + 1);
        String source =
                api.administer(
                                "POST",
                                "/admin/sources",
                                """
                                {"site_id":"main","name":"Kill","provider":"generic",\
                                "secrets":["%s"],"mapping":{"email":"contact.mail"}}\
                                """
                                        .formatted(KEY))
                        .path("source_id")
                        .asString();
        var people = deliver(source, count);
        await().atMost(KillableApi.RECOVERY).until(() -> waiting().size() == count);
        api.administer(
                "PUT", "/admin/sources/" + source + "/mapping", "{\"email\":\"contact.email\"}");

        String plan = startedPlan();
        for (int kill = 0; kill < kills.count(); kill++) {
            int enough = released().size() + kills.after(1, RELEASED_PER_KILL);
            await().atMost(KillableApi.RECOVERY)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> released().size() >= enough);
            api.kill();
            assertThat(released()).as("submissions still to be let out").hasSizeLessThan(count);
            api.launch();
        }
        await().atMost(KillableApi.RECOVERY)
                .until(() -> api.read(plan).path("status").asString().equals("done"));

        assertThat(released()).doesNotHaveDuplicates().hasSize(count);
        var invariants = new LeadInvariants(log);
        invariants.requireLeads(people);
        invariants.requireWholeSequences();
        invariants.requireOneResultPerCommand();
        assertThat(times(leads())).isEqualTo(times(waiting().stream()));
    }

    /// @return who was delivered
    private List<String> deliver(String source, int count)
            throws IOException, InterruptedException {
        var people = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            String email = "plan-kill-%d@example.org".formatted(i);
            var answer =
                    api.call(
                            "POST",
                            "/webhooks/generic/" + source,
                            "{\"contact\":{\"email\":\"%s\"}}".formatted(email),
                            "X-API-Key",
                            KEY);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            people.add(email);
        }
        return people;
    }

    /// @return the path of a plan to let all of it out that runs
    private String startedPlan() throws IOException, InterruptedException {
        String ids =
                waiting().stream()
                        .map(one -> '"' + one.getSiteId() + '_' + one.getSubmissionId() + '"')
                        .collect(Collectors.joining(","));
        String path = "/admin/quarantine/plans";
        var plan =
                api.administer(
                        "POST",
                        path,
                        "{\"action\":\"release\",\"rate_per_second\":%d,\"submission_ids\":[%s]}"
                                .formatted(RATE, ids));
        String made = path + "/" + plan.path("plan_id").asString();
        await().atMost(KillableApi.RECOVERY)
                .until(() -> api.read(made).path("status").asString().equals("ready"));
        api.administer("POST", made + "/start", "");
        return made;
    }

    private List<Submission> waiting() {
        return log.values(Topics.LEAD_EVENTS.name(), SubmissionQuarantined.class).stream()
                .map(SubmissionQuarantined::getSubmission)
                .toList();
    }

    private List<String> released() {
        return log.values(Topics.LEAD_EVENTS.name(), SubmissionReleased.class).stream()
                .map(SubmissionReleased::getSubmissionId)
                .toList();
    }

    private Stream<Submission> leads() {
        return log.values(Topics.LEAD_EVENTS.name(), LeadCaptured.class).stream()
                .map(LeadCaptured::getSubmission);
    }

    private static Map<String, Instant> times(Stream<Submission> submissions) {
        return submissions.collect(
                Collectors.toMap(Submission::getSubmissionId, Submission::getReceivedAt));
    }
}
