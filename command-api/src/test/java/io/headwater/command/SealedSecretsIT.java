package io.headwater.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.vault.Vault;
import io.headwater.events.Pii;
import io.headwater.events.access.CreateSource;
import io.headwater.events.access.SourceChanged;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.schema.Topics;
import io.headwater.vault.Envelope;
import io.headwater.vault.Owner;
import io.headwater.vault.VaultSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Secrets of sources, from the administrator to the topics and back: sealed wherever they are
/// kept, and of use after a restart.
@ExtendWith(WholeApi.class)
class SealedSecretsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final String unique = UUID.randomUUID().toString();
    private final String first = "first-secret-" + unique;
    private final String second = "second-secret-" + unique;
    private final String token = "access-token-" + unique;
    private final String later = "later-token-" + unique;

    @Test
    void secretsAreSealedWhereverTheyAreKeptAndOpenAfterARestart() throws Exception {
        String id = source();

        requireSealed(id);
        for (String secret : List.of(first, second, token, later)) {
            assertThat(kept(secret)).as(secret).isEmpty();
        }
        assertThat(kept("name-" + unique)).contains("access.commands.v1", "access.events.v1");
        requireOpen(id);

        WholeApi.stop();
        RunningApi.shared();
        requireOpen(id);
    }

    @Test
    void whatWasErasedIsMissingAndStopsNobody() {
        String id = source();
        String other = source();
        requireOpen(id);

        var keys = RunningApi.shared().bean(Vault.class).keys();
        assertThat(keys.erase(new Owner("source", id))).isOne();

        WholeApi.stop();
        RunningApi.shared();
        requireOpen(other);
        assertThat(config(id).secrets()).isEmpty();
        assertThat(config(id).secretOptions()).isEmpty();
        assertThat(
                        RunningApi.shared()
                                .call("GET", "/admin/sources/" + id, "")
                                .body()
                                .path("signature")
                                .path("secrets"))
                .isEmpty();
    }

    @Test
    void aLostKeyStopsDeliveriesAndNotAdministration() throws Exception {
        String id = source();
        requireOpen(id);
        String url = RunningApi.shared().bean(VaultSettings.class).url();
        WholeApi.stop();
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var delete =
                        connection.prepareStatement(
                                "delete from vault.data_key where subject = ?")) {
            delete.setString(1, id);
            assertThat(delete.executeUpdate()).isOne();
        }

        RunningApi.shared();
        String path = "/admin/sources/" + id;
        var stopped = RunningApi.shared().call("POST", "/webhooks/stripe/" + id, "{}");
        assertThat(stopped.status()).isEqualTo(503);
        assertThat(stopped.text("type")).isEqualTo("/problems/vault-unavailable");

        var seen = call("GET", path, "").body().path("signature").path("secrets");
        assertThat(seen).hasSize(2);
        var added = call("POST", path + "/secrets", "{\"secret\":\"third-%s\"}".formatted(unique));
        seen.forEach(old -> call("DELETE", path + "/secrets/" + old.path("id").asString(), ""));
        call("PATCH", path, "{\"secret_options\":null}");
        assertThat(added.text("secret_id")).isNotEmpty();
        assertThat(config(id).secrets()).containsExactly("third-" + unique);
        assertThat(RunningApi.shared().call("POST", "/webhooks/stripe/" + id, "{}").status())
                .isEqualTo(401);
    }

    private String source() {
        var made =
                call(
                        "POST",
                        "/admin/sources",
                        """
                        {"name":"name-%s","provider":"stripe","secrets":["%s"],
                         "secret_options":{"access_token":"%s"}}\
                        """
                                .formatted(unique, first, token));
        String id = made.text("id");
        call(
                "POST",
                "/admin/sources/" + id + "/secrets",
                "{\"secret\":\"%s\",\"grace\":\"P1D\"}".formatted(second));
        call(
                "PATCH",
                "/admin/sources/" + id,
                "{\"secret_options\":{\"access_token\":\"%s\"}}".formatted(later));
        return id;
    }

    private static RunningApi.Answer call(String method, String path, String body) {
        var answer = RunningApi.shared().call(method, path, body);
        assertThat(answer.status()).as("%s", answer).isIn(200, 201);
        return answer;
    }

    private static SourceConfig config(String id) {
        return RunningApi.shared().bean(AccessDirectory.class).source(id).orElseThrow();
    }

    private void requireOpen(String id) {
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(config(id).secrets()).containsExactly(second, first);
                    assertThat(config(id).secretOptions()).isEqualTo(Map.of("access_token", later));
                });
    }

    /// All with the one key of the source, in commands and events.
    private static void requireSealed(String id) {
        var sealed = new ArrayList<Pii>();
        var log = new TestLog(WholeApi.bootstrap());
        for (var command : log.values(Topics.ACCESS_COMMANDS.name(), CreateSource.class)) {
            if (command.getSourceId().equals(id)) {
                sealed.addAll(command.getSecrets());
                sealed.addAll(command.getSecretOptions().values());
            }
        }
        String events = Topics.ACCESS_EVENTS.name();
        for (var event : log.values(events, SourceCreated.class)) {
            if (event.getSourceId().equals(id)) {
                sealed.addAll(event.getSecrets());
                sealed.addAll(event.getSecretOptions().values());
            }
        }
        for (var event : log.values(events, SourceSecretAdded.class)) {
            if (event.getSourceId().equals(id)) {
                sealed.add(event.getSecret());
            }
        }
        for (var event : log.values(events, SourceChanged.class)) {
            if (event.getSourceId().equals(id)) {
                sealed.addAll(event.getChanges().getSecretOptions().values());
            }
        }
        assertThat(sealed).hasSize(6);
        assertThat(sealed).extracting(Pii::getAlg).containsOnly(Envelope.ALGORITHM);
        assertThat(sealed.stream().map(Pii::getKid).distinct()).hasSize(1).doesNotContain("");
    }

    /// Topics, changelogs included, that have the text in a record, and files of the stores.
    private static List<String> kept(String text) throws IOException {
        var places = new ArrayList<String>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", WholeApi.bootstrap()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    consumer.listTopics().values().stream()
                            .flatMap(List::stream)
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() != null
                            && new String(record.value(), ISO_8859_1).contains(text)) {
                        places.add(record.topic());
                    }
                }
            }
        }
        var stores = RunningApi.shared().bean(InstanceSettings.class).stateDir();
        try (var files = Files.walk(stores)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (holds(file, text)) {
                    places.add(file.toString());
                }
            }
        }
        return places;
    }

    private static boolean holds(Path file, String text) throws IOException {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (NoSuchFileException compacted) {
            return false;
        }
    }
}
