package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.schema.Acls;
import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaAccount;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A Kafka with TLS and accounts, where each application has the rights of the list and no others:
/// enough for everything it does, and too little for what is not its own.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredKafkaIT {

    private static final Duration SHORT = Duration.ofSeconds(3);

    private static SecuredPlatform platform;
    private static final Caller caller = new Caller();
    private static TestSite site;

    @BeforeAll
    static void up() throws Exception {
        platform = new SecuredPlatform();
        site =
                TestSite.make(
                        caller,
                        platform.url(App.QUERY_API),
                        platform.url(App.COMMAND_API),
                        platform.adminKey(),
                        "secured");
    }

    @AfterAll
    static void down() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
    void aDeliveryBecomesALeadAndARowAndHasItsScore() {
        // given
        String email = "secured@example.org";
        var source = site.source("generic");

        // when
        var answer = Fixture.of(site, "generic", "secured-1", email).deliver(caller, source);

        // then
        assertThat(answer.status()).as(answer.text()).isIn(200, 202);
        soon(() -> assertThat(site.leads(email)).hasSize(1));
        soon(() ->
                assertThat(site.lead(email).path("engagement_label").isString())
                        .as("stream-jobs asks for a score, the decider gives it")
                        .isTrue());
    }

    @Test
    @Order(2)
    void aViewIsMadeAnewAndTheFormerOneGoes() {
        var url = platform.url(App.QUERY_API).resolve("/api/projections/leads/rebuild");
        var admin = Map.of("X-API-Key", platform.adminKey());

        var asked = caller.post(url, Caller.JSON_TYPE, "{}", admin);

        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        int generation = asked.json().path("generation").asInt();
        soon(() ->
                assertThat(
                                caller.get(
                                                platform.url(App.QUERY_API)
                                                        .resolve("/api/projections"),
                                                admin)
                                        .text())
                        .containsPattern(
                                "\"generation\":%d,[^}]*\"state\":\"LIVE\"".formatted(generation)));
    }

    @Test
    @Order(3)
    void theStoresOfTheDeciderAreAudited() throws Exception {
        String said = ofState("AuditMain", List.of());

        assertThat(said).contains("1 ");
    }

    /// But the quota of the rebuild above, which takes a right over the whole cluster.
    @Test
    @Order(4)
    void nothingElseWasRefusedToAnybody() throws Exception {
        for (App app : App.values()) {
            var refused =
                    platform.log(app)
                            .lines()
                            .filter(line ->
                                    line.contains("AuthorizationException")
                                            || line.toLowerCase(Locale.ROOT)
                                                    .contains("not authorized"))
                            .filter(line -> !line.contains("the quota of a backfill is not set"))
                            .toList();
            assertThat(refused).as(app.label()).isEmpty();
        }
        assertThat(platform.log(App.QUERY_API)).doesNotContain("org.apache.kafka");
    }

    @ParameterizedTest
    @CsvSource({
        "PROJECTORS, lead.events.v1",
        "PROJECTORS, lead.commands.v1",
        "PROJECTORS, access.commands.v1",
        "STREAM_JOBS, lead.events.v1",
        "STREAM_JOBS, intake.webhooks.v1",
        "STREAM_JOBS, view.leads.g1",
        "COMMAND_API, view.leads.g1",
        "COMMAND_API, lead.score-requests.v1",
        "PROVISION, lead.events.v1"
    })
    void nobodyWritesWhatIsNotTheirOwn(KafkaAccount account, String topic) {
        // who may write nothing at all gets no producer id, and would fail at that
        var settings = Map.of("enable.idempotence", false);
        try (var producer = producer(platform.brokers(account), settings)) {
            assertThatThrownBy(() -> producer.send(record(topic)).get(1, TimeUnit.MINUTES))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PROJECTORS, access.commands.v1",
        "PROJECTORS, lead.commands.v1",
        "STREAM_JOBS, view.leads.g1",
        "STREAM_JOBS, access.commands.v1",
        "COMMAND_API, view.leads.g1",
        "PROVISION, lead.events.v1"
    })
    void nobodyReadsWhatTheyDoNotNeed(KafkaAccount account, String topic) {
        try (var consumer =
                new KafkaConsumer<>(
                        platform.brokers(account).settings(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            assertThatThrownBy(() -> consumer.poll(Duration.ofMinutes(1)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
    }

    /// Else it would fence the real one.
    @Test
    void nobodyTakesTheTransactionsOfAnother() {
        try (var producer =
                producer(
                        platform.brokers(KafkaAccount.PROJECTORS),
                        Map.of("transactional.id", "command-api-intake-command-api-1"))) {
            assertThatThrownBy(producer::initTransactions)
                    .isInstanceOf(TransactionalIdAuthorizationException.class);
        }
    }

    @Test
    void applicationsMakeNoTopicsButTheirOwn() {
        try (var admin = Admin.create(platform.brokers(KafkaAccount.PROJECTORS).settings())) {
            assertThatThrownBy(() ->
                            admin.createTopics(List.of(new NewTopic("lead.other", 1, (short) 1)))
                                    .all()
                                    .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() ->
                            admin.deleteTopics(List.of(Topics.LEAD_EVENTS.name())).all().get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void whoIsNobodyGetsNoAnswer() {
        var wrong = new HashMap<>(platform.environment(KafkaAccount.PROJECTORS));
        wrong.put("KAFKA_SASL_PASSWORD", "guessed");
        try (var producer =
                producer(new Brokers(platform.bootstrap(), KafkaSecurity.of(wrong)), Map.of())) {
            assertThatThrownBy(() -> producer.send(record("lead.events.v1")).get())
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
        }
        // as every client was until now: without TLS and without a name
        try (var producer =
                producer(
                        Brokers.at(platform.bootstrap()),
                        Map.of("max.block.ms", SHORT.toMillis()))) {
            assertThatThrownBy(() -> producer.send(record("lead.events.v1")).get())
                    .hasRootCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void theListIsGivenOnceAndWhatIsMoreIsTold() {
        var again = Acls.apply(platform.operator(), "User:");

        assertThat(again.added()).isEmpty();
        assertThat(again.foreign()).isEmpty();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void theStoresOfTheDeciderAreMadeAnew() throws Exception {
        platform.stop(App.COMMAND_API);

        ofState("RebuildStateMain", List.of("--work", platform.work().toString()));

        assertThat(ofState("AuditMain", List.of())).contains("1 ");
    }

    /// As `./headwater audit lead` and `rebuild-state lead` of a cluster, with command-api's
    /// account.
    private static String ofState(String main, List<String> more) throws Exception {
        var environment = new HashMap<>(platform.environment(KafkaAccount.COMMAND_API));
        environment.putAll(platform.vault());
        var words = new ArrayList<>(List.of("lead", "--bootstrap", platform.bootstrap()));
        words.addAll(List.of("--registry", platform.registryUrl()));
        words.addAll(more);
        return Program.run(
                "command-api", "io.headwater.command.state." + main, 0, environment, words);
    }

    private static KafkaProducer<byte[], byte[]> producer(Brokers brokers, Map<String, ?> more) {
        return new KafkaProducer<>(
                brokers.settings(more), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(String topic) {
        return new ProducerRecord<>(topic, new byte[1], new byte[1]);
    }
}
