package io.headwater.backends;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// All four for real: what was written is there after a clean stop and after `kill -9`.
class BackendsIT {
    private static final String SCHEMA =
            "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Probe\\\",\\\"fields\\\":[]}\"}";

    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);
    private static final Backends BACKENDS = TestBackends.fresh();

    @BeforeAll
    static void startAndWrite() throws Exception {
        BACKENDS.start(EnumSet.allOf(Backend.class));
        try (var admin = Admin.create(Map.of("bootstrap.servers", BACKENDS.kafkaBootstrap()))) {
            admin.createTopics(List.of(new NewTopic("probe", 1, (short) 1))).all().get();
        }
        produce("first");
        sql("create table probe (word text)");
        sql("insert into probe values ('first')");
        put("probe/first", "first");
        assertThat(registry("POST", "/subjects/probe-value/versions", SCHEMA)).contains("\"id\":");
    }

    @AfterAll
    static void stop() {
        BACKENDS.close();
    }

    @Test
    void dataSurvivesACleanStop() throws Exception {
        BACKENDS.close();
        assertThat(EnumSet.allOf(Backend.class)).noneMatch(BACKENDS::isAlive);
        BACKENDS.start(EnumSet.allOf(Backend.class));

        assertThat(consumed()).startsWith("first");
        assertThat(count()).isPositive();
        assertThat(get("probe/first")).isEqualTo("first");
        assertThat(registry("GET", "/subjects", "")).contains("probe-value");
    }

    @Test
    void whatKafkaAcknowledgedSurvivesAKill() throws Exception {
        produce("second");
        BACKENDS.kill(Backend.KAFKA);
        assertThat(BACKENDS.isAlive(Backend.KAFKA)).isFalse();
        BACKENDS.start(Backend.KAFKA);

        assertThat(consumed()).contains("second");
    }

    @Test
    void whatPostgresCommittedSurvivesAKill() throws Exception {
        sql("insert into probe values ('second')");
        int before = count();
        BACKENDS.kill(Backend.POSTGRES);
        assertThatThrownBy(BackendsIT::count).isInstanceOf(SQLException.class);
        BACKENDS.start(Backend.POSTGRES);

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void thePostmasterLeftBehindByAKilledWatcherIsReplaced() throws Exception {
        long orphan = BACKENDS.pid(Backend.POSTGRES);
        BACKENDS.child(Backend.POSTGRES).kill();
        BACKENDS.start(Backend.POSTGRES);

        assertThat(BACKENDS.pid(Backend.POSTGRES)).isNotEqualTo(orphan);
        assertThat(ProcessHandle.of(orphan).filter(old -> !Kill.ended(old, ONE_MINUTE))).isEmpty();
        assertThat(count()).isPositive();
    }

    @Test
    void theWatcherEndsWithItsPostmaster() throws Exception {
        var end = BACKENDS.onExit(Backend.POSTGRES);
        ProcessHandle.of(BACKENDS.pid(Backend.POSTGRES)).orElseThrow().destroyForcibly();

        assertThat(end.get(90, TimeUnit.SECONDS)).isEqualTo(3);
        BACKENDS.start(Backend.POSTGRES);
        assertThat(count()).isPositive();
    }

    @Test
    void postgresStartsAfterTheLastProcessOfAKilledPostmaster() throws Exception {
        try (var connection =
                        DriverManager.getConnection(BACKENDS.jdbcUrl(), BACKENDS.jdbcUser(), "");
                var statement = connection.createStatement()) {
            var busy = CompletableFuture.runAsync(() -> compute(statement));
            awaitComputing();
            ProcessHandle.of(BACKENDS.pid(Backend.POSTGRES)).orElseThrow().destroyForcibly();
            BACKENDS.child(Backend.POSTGRES).kill();

            BACKENDS.start(Backend.POSTGRES);

            assertThat(count()).isPositive();
            assertThat(busy).succeedsWithin(ONE_MINUTE);
        }
    }

    @Test
    void offsetsOfGroupsThatAreOffAreKept() throws Exception {
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (var admin = Admin.create(Map.of("bootstrap.servers", BACKENDS.kafkaBootstrap()))) {
            var settings = admin.describeConfigs(List.of(broker)).all().get().values();

            assertThat(settings)
                    .singleElement()
                    .extracting(config -> config.get("offsets.retention.minutes").value())
                    .isEqualTo(String.valueOf(Integer.MAX_VALUE));
        }
    }

    @Test
    void theQueryRoleMayLogIn() throws Exception {
        try (var connection =
                DriverManager.getConnection(BACKENDS.jdbcUrl(), BACKENDS.jdbcQueryUser(), "")) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    /// Ten seconds in which the process looks at nothing else, not even at its postmaster.
    private static void compute(Statement statement) {
        try {
            statement.execute(
                    """
                    do $$
                    declare until timestamptz := clock_timestamp() + interval '10 seconds';
                    begin
                        while clock_timestamp() < until loop end loop;
                    end $$
                    """);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static void awaitComputing() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(BACKENDS.jdbcUrl(), BACKENDS.jdbcUser(), "");
                var statement = connection.createStatement()) {
            boolean computes;
            do {
                try (var rows =
                        statement.executeQuery(
                                "select 1 from pg_stat_activity where state = 'active' and query like 'do $$%'")) {
                    computes = rows.next();
                }
            } while (!computes);
        }
    }

    private static void produce(String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", BACKENDS.kafkaBootstrap(), "acks", "all");
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("probe", "key", value)).get(60, TimeUnit.SECONDS);
        }
    }

    private static List<String> consumed() {
        Map<String, Object> settings = Map.of("bootstrap.servers", BACKENDS.kafkaBootstrap());
        var partition = new TopicPartition("probe", 0);
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(Duration.ofSeconds(60));
            return records.records(partition).stream().map(r -> r.value()).toList();
        }
    }

    private static void sql(String statement) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(BACKENDS.jdbcUrl(), BACKENDS.jdbcUser(), "");
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static int count() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(BACKENDS.jdbcUrl(), BACKENDS.jdbcUser(), "");
                var query = connection.createStatement();
                var rows = query.executeQuery("select count(*) from probe")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static MinioClient s3() {
        return MinioClient.builder()
                .endpoint(BACKENDS.s3Endpoint())
                .credentials(BACKENDS.s3AccessKey(), BACKENDS.s3SecretKey())
                .build();
    }

    private static void put(String name, String content) throws Exception {
        byte[] bytes = content.getBytes(UTF_8);
        s3().putObject(
                        PutObjectArgs.builder()
                                .bucket(BACKENDS.s3Bucket())
                                .object(name)
                                .data(bytes, bytes.length)
                                .build());
    }

    private static String get(String name) throws Exception {
        var args = GetObjectArgs.builder().bucket(BACKENDS.s3Bucket()).object(name).build();
        try (var object = s3().getObject(args)) {
            return new String(object.readAllBytes(), UTF_8);
        }
    }

    private static String registry(String method, String path, String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(BACKENDS.registryUrl() + path))
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
