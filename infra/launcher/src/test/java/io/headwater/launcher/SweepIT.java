package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.RocksDB;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `./headwater sweep` finds what stands anywhere, and `./headwater erase --certify` finds nothing
/// of somebody who is forgotten.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SweepIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform = start();
    private final TestSite site = TestSite.make(caller, platform, "sweep");

    private static LaunchedPlatform start() {
        var settings = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        settings.put("VAULT_KEY_LIFE", "2s");
        settings.put("LEAD_DECISION_WAIT", "20s");
        return LaunchedPlatform.start(settings);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private static String mail() {
        return "who." + UUID.randomUUID().toString().replace("-", "") + "@example.org";
    }

    /// Something of somebody, where it should not be.
    enum Planted {
        TOPICS("topics") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws Exception {
                Map<String, Object> settings =
                        Map.of(
                                "bootstrap.servers",
                                platform.told().path("kafka").asString(),
                                "compression.type",
                                "lz4");
                try (var admin = Admin.create(settings)) {
                    admin.createTopics(List.of(new NewTopic("planted.v1", 2, (short) 1)))
                            .all()
                            .get();
                }
                try (var producer =
                        new KafkaProducer<>(
                                settings, new StringSerializer(), new StringSerializer())) {
                    producer.send(new ProducerRecord<>("planted.v1", " ".repeat(500) + mail, "x"))
                            .get();
                }
            }
        },
        TABLES("tables") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws Exception {
                sql(
                        platform,
                        "create table if not exists planted (details jsonb)",
                        "insert into planted values ('{\"to\": [\"%s\"]}')".formatted(mail));
            }
        },
        STATISTICS("tables") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws Exception {
                sql(
                        platform,
                        // An autovacuum would count again.
                        "create table counted with (autovacuum_enabled = false) as select '%s' as mail from generate_series(1, 50)"
                                .formatted(mail),
                        "analyze counted",
                        "update counted set mail = null",
                        "vacuum counted");
            }
        },
        OBJECTS("objects") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws Exception {
                var zipped = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(zipped)) {
                    gzip.write(mail.getBytes(StandardCharsets.UTF_8));
                }
                new ObjectStore(platform).write("planted/one", zipped.toByteArray());
            }
        },
        NAMES_OF_OBJECTS("objects") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws Exception {
                new ObjectStore(platform).write("planted/" + mail, new byte[] {1});
            }
        },
        LOGS("logs") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws IOException {
                Files.writeString(
                        platform.data().resolve("logs/planted.log"),
                        "GET /?m=" + mail.replace("@", "%40"));
            }
        },
        STATES("states") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws Exception {
                Path store = platform.data().resolve("state/planted/rocksdb/store");
                Files.createDirectories(store);
                try (var db = RocksDB.open(store.toString())) {
                    db.put((mail + "/a").getBytes(StandardCharsets.UTF_8), new byte[] {1});
                }
            }
        },
        FILES("files") {
            @Override
            void plant(LaunchedPlatform platform, String mail) throws IOException {
                Files.writeString(
                        platform.data().resolve("planted"),
                        HexFormat.of().formatHex(mail.getBytes(StandardCharsets.UTF_8)));
            }
        };

        private final String place;

        Planted(String place) {
            this.place = place;
        }

        abstract void plant(LaunchedPlatform platform, String mail) throws Exception;

        private static void sql(LaunchedPlatform platform, String... statements) throws Exception {
            var url = platform.told().path("postgres").path("jdbc_url").asString();
            try (var connection = DriverManager.getConnection(url, "postgres", "");
                    var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Planted.class)
    @Order(1)
    void findsWhatStandsSomewhere(Planted planted) throws Exception {
        String mail = mail();
        planted.plant(platform, mail);
        Path json = platform.data().resolveSibling(platform.data().getFileName() + "-sweep.json");

        var run = platform.another("sweep", "--email", mail, "--json", json.toString());

        assertThat(run.status()).as(run.said()).isEqualTo(2);
        assertThat(run.said()).contains("FOUND").doesNotContain(mail);
        var told = Files.readString(json);
        assertThat(told).doesNotContain(mail);
        var place = place(JSON.readTree(told), planted.place);
        assertThat(place.path("found").asInt()).as(told).isPositive();
        assertThat(place.path("first").get(0).path("what").asString()).isEqualTo("email");
        Files.delete(json);
    }

    private static JsonNode place(JsonNode report, String name) {
        return StreamSupport.stream(report.path("places").spliterator(), false)
                .filter(place -> place.path("place").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// And leaves nothing of its own behind.
    @Test
    @Order(2)
    void whoIsNowhereIsFoundNowhere() throws Exception {
        var run = platform.another("sweep", "--email", mail(), "--phone", "+4930" + number());

        assertThat(run.status()).as(run.said()).isZero();
        assertThat(run.said()).contains("looked for: 1 email, 1 phone", "\nnone found");
        assertThat(run.said()).doesNotContain("headwater:");
        assertThat(new ObjectStore(platform).names("sweep_canary_")).isEmpty();
        try (var files = Files.walk(platform.data())) {
            assertThat(
                            files.filter(file ->
                                    file.getFileName().toString().startsWith("sweep_canary_")
                                            && !file.startsWith(platform.data().resolve("kafka"))))
                    .isEmpty();
        }
    }

    private static int number() {
        return ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    @Test
    @Order(3)
    void whoIsForgottenGetsACertificate() throws Exception {
        String mail = mail();
        String phone = "+4930" + number();
        String words = "words that nobody else would write " + UUID.randomUUID();
        var captured =
                site.capture(
                        """
                        {"email":"%s","phone":"%s","first_name":"Canaria","message":"%s"}\
                        """
                                .formatted(mail, phone, words));
        assertThat(captured.status()).as(captured.text()).isEqualTo(200);
        String lead = captured.json().path("lead_id").asString();
        soon(() -> assertThat(site.lead(mail).path("phone").asString()).isEqualTo(phone));
        assertThat(platform.another("sweep", "--email", mail).said()).contains("FOUND");

        var run = platform.another("erase", "--email", mail, "--yes", "--certify");

        assertThat(run.status()).as(run.said()).isZero();
        assertThat(run.said())
                .contains("looked for: 1 email, 1 name, 1 phone, 1 text", "none found");
        Path json = platform.data().resolve("certificates/" + lead + ".json");
        Path pdf = platform.data().resolve("certificates/" + lead + ".pdf");
        String told = Files.readString(json);
        assertThat(told).doesNotContain(mail, phone, words, "Canaria");
        var certificate = JSON.readTree(told);
        assertThat(certificate.path("erasure").path("state").asString()).isEqualTo("done");
        assertThat(certificate.path("ledger").path("keys").asInt())
                .isEqualTo(certificate.path("erasure").path("keys").asInt())
                .isPositive();
        assertThat(certificate.path("sweep").path("verdict").asString()).isEqualTo("NONE_FOUND");
        assertThat(certificate.path("not_covered")).isNotEmpty();
        try (var document = Loader.loadPDF(pdf.toFile())) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains(lead, certificate.path("sha256").asString(), "none found");
        }
        for (Path file : new Path[] {json, pdf}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        // Read again as it was, and refused when it was changed.
        assertThat(platform.another("erase", "--certificate", lead).said()).contains(told.strip());
        Files.writeString(json, told.replace("NONE_FOUND", "FOUND"));
        var changed = platform.another("erase", "--certificate", lead);
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.said()).contains("was changed");
    }
}
