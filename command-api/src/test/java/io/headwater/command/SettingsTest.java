package io.headwater.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.plan.PlanSettings;
import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.axon.DeciderSettings;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.kafka.SchemaSettings;
import io.headwater.command.platform.postgres.PostgresSettings;
import io.headwater.command.platform.vault.VaultLimits;
import io.headwater.schema.KafkaSecurity;
import io.headwater.vault.VaultSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

/// What `application.yml` says when nobody says otherwise, and that each key reaches its record.
public class SettingsTest {

    /// @param given wins over the file, as arguments do
    public static Binder binder(Map<String, Object> given) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        try {
            new YamlPropertySourceLoader()
                    .load("yml", new ClassPathResource("application.yml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment);
    }

    @Test
    void defaultsAreThoseOfTheLaptop() {
        var settings = binder(Map.of());
        assertThat(settings.bind("headwater", InstanceSettings.class).get())
                .isEqualTo(
                        new InstanceSettings(
                                "command-api-1",
                                Path.of("data/state/command-api"),
                                URI.create("http://127.0.0.1:8081")));
        assertThat(settings.bind("headwater.kafka", KafkaSettings.class).get())
                .isEqualTo(
                        new KafkaSettings(
                                "127.0.0.1:19092",
                                KafkaSecurity.NONE,
                                Duration.ofSeconds(5),
                                20_000,
                                DataSize.ofMegabytes(64)));
        assertThat(settings.bind("headwater.schemas", SchemaSettings.class).get())
                .isEqualTo(new SchemaSettings("http://127.0.0.1:18081/apis/ccompat/v7", ""));
        assertThat(settings.bind("headwater.decider", DeciderSettings.class).get())
                .isEqualTo(
                        new DeciderSettings(
                                1, Duration.ofMillis(100), 0, DataSize.ofMegabytes(32)));
        assertThat(settings.bind("headwater.postgres", PostgresSettings.class).get())
                .isEqualTo(
                        new PostgresSettings(
                                "jdbc:postgresql://127.0.0.1:15432/headwater",
                                "headwater_command",
                                "",
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                4));
    }

    @Test
    void theVaultIsInTheSameDatabaseUnlessToldOtherwise() {
        assertThat(binder(Map.of()).bind("headwater.vault", VaultSettings.class).get())
                .isEqualTo(
                        new VaultSettings(
                                "jdbc:postgresql://127.0.0.1:15432/headwater",
                                "headwater_vault",
                                "",
                                "file:./data/vault/kek.json",
                                Duration.ofMinutes(1)));
        assertThat(binder(Map.of()).bind("headwater.vault", VaultLimits.class).get())
                .isEqualTo(
                        new VaultLimits(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                4,
                                2000,
                                Duration.ofSeconds(2)));
        var given =
                Map.<String, Object>of(
                        "headwater.vault.url", "jdbc:postgresql://keys/v",
                        "headwater.vault.user", "keeper",
                        "headwater.vault.password", "secret",
                        "headwater.vault.kek", "file:/kek",
                        "headwater.vault.connect-limit", "1s",
                        "headwater.vault.statement-limit", "3s",
                        "headwater.vault.pool-size", "1",
                        "headwater.vault.spare-keys", "8",
                        "headwater.vault.take-limit", "1ms",
                        "headwater.vault.key-life", "5s");
        assertThat(binder(given).bind("headwater.vault", VaultSettings.class).get())
                .isEqualTo(
                        new VaultSettings(
                                "jdbc:postgresql://keys/v",
                                "keeper",
                                "secret",
                                "file:/kek",
                                Duration.ofSeconds(5)));
        assertThat(binder(given).bind("headwater.vault", VaultLimits.class).get())
                .isEqualTo(
                        new VaultLimits(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                1,
                                8,
                                Duration.ofMillis(1)));
    }

    @Test
    void plansGoOnAfterTenSecondsAndAreKeptForAQuarter() {
        assertThat(binder(Map.of()).bind("headwater.plans", PlanSettings.class).get())
                .isEqualTo(
                        new PlanSettings(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10),
                                50,
                                500,
                                50_000,
                                Duration.ofDays(90)));
        var given =
                Map.<String, Object>of(
                        "headwater.plans.poll", "2s",
                        "headwater.plans.lease", "3s",
                        "headwater.plans.default-rate", "0.5",
                        "headwater.plans.max-rate", "7",
                        "headwater.plans.max-items", "9",
                        "headwater.plans.keep", "1d");
        assertThat(binder(given).bind("headwater.plans", PlanSettings.class).get())
                .isEqualTo(
                        new PlanSettings(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                0.5,
                                7,
                                9,
                                Duration.ofDays(1)));
    }

    @Test
    void everyKeyCanBeSet() {
        var settings =
                binder(
                        Map.ofEntries(
                                Map.entry("headwater.instance", "seven"),
                                Map.entry("headwater.state-dir", "/state"),
                                Map.entry("headwater.public-url", "https://in.example.org"),
                                Map.entry("headwater.kafka.bootstrap-servers", "kafka:9092"),
                                Map.entry("headwater.kafka.append-limit", "1s"),
                                Map.entry("headwater.kafka.intake-queue", "7"),
                                Map.entry("headwater.kafka.fact-buffer", "1MB"),
                                Map.entry("headwater.schemas.registry-url", "http://registry"),
                                Map.entry("headwater.schemas.cache-file", "/ids.json"),
                                Map.entry("headwater.postgres.url", "jdbc:postgresql://db/x"),
                                Map.entry("headwater.postgres.user", "someone"),
                                Map.entry("headwater.postgres.password", "secret"),
                                Map.entry("headwater.postgres.connect-limit", "1s"),
                                Map.entry("headwater.postgres.statement-limit", "9s"),
                                Map.entry("headwater.postgres.pool-size", "2"),
                                Map.entry("headwater.decider.threads", "2"),
                                Map.entry("headwater.decider.commit-interval", "50ms"),
                                Map.entry("headwater.decider.standbys", "1"),
                                Map.entry("headwater.decider.store-memory", "64MB")));
        assertThat(settings.bind("headwater", InstanceSettings.class).get())
                .isEqualTo(
                        new InstanceSettings(
                                "seven", Path.of("/state"), URI.create("https://in.example.org")));
        assertThat(settings.bind("headwater.kafka", KafkaSettings.class).get())
                .isEqualTo(
                        new KafkaSettings(
                                "kafka:9092",
                                KafkaSecurity.NONE,
                                Duration.ofSeconds(1),
                                7,
                                DataSize.ofMegabytes(1)));
        assertThat(settings.bind("headwater.schemas", SchemaSettings.class).get())
                .isEqualTo(new SchemaSettings("http://registry", "/ids.json"));
        assertThat(settings.bind("headwater.decider", DeciderSettings.class).get())
                .isEqualTo(
                        new DeciderSettings(2, Duration.ofMillis(50), 1, DataSize.ofMegabytes(64)));
        assertThat(settings.bind("headwater.postgres", PostgresSettings.class).get())
                .isEqualTo(
                        new PostgresSettings(
                                "jdbc:postgresql://db/x",
                                "someone",
                                "secret",
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(9),
                                2));
    }
}
