package io.headwater.projectors.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.schema.KafkaSecurity;
import io.headwater.vault.VaultSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class ProjectorSettingsTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withInitializer(new ConfigDataApplicationContextInitializer())
                    .withUserConfiguration(Settings.class);

    @EnableConfigurationProperties({ProjectorSettings.class, VaultSettings.class})
    static class Settings {}

    @Test
    void defaultsAreThoseOfALaptop() {
        runner.run(context -> {
            var settings = context.getBean(ProjectorSettings.class);
            assertThat(settings.kafka().bootstrapServers()).isEqualTo("127.0.0.1:19092");
            assertThat(settings.postgres().url())
                    .isEqualTo("jdbc:postgresql://127.0.0.1:15432/headwater");
            assertThat(settings.schemas().cacheFile()).isEmpty();
            assertThat(settings.projections()).isEmpty();
            assertThat(settings.streams().commitInterval()).isEqualTo(Duration.ofMillis(100));
            assertThat(settings.streams().cacheSize()).isEqualTo(DataSize.ofMegabytes(32));
            assertThat(settings.sink().batchSize()).isEqualTo(5_000);
            assertThat(settings.sink().maxParkedKeys()).isEqualTo(100);
            assertThat(settings.sink().drainEvery()).isEqualTo(Duration.ofMinutes(1));
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("8083");
        });
    }

    @Test
    void everyKeyMaps() {
        runner.withPropertyValues(
                        "headwater.kafka.bootstrap-servers=k:1",
                        "headwater.schemas.registry-url=http://r",
                        "headwater.schemas.cache-file=/c",
                        "headwater.postgres.url=jdbc:postgresql://p/d",
                        "headwater.postgres.user=u",
                        "headwater.postgres.password=w",
                        "headwater.state-dir=/s",
                        "headwater.instance=i",
                        "headwater.projections=leads,sessions",
                        "headwater.streams.commit-interval=50ms",
                        "headwater.streams.cache-size=1MB",
                        "headwater.streams.store-memory=2MB",
                        "headwater.streams.standby-replicas=1",
                        "headwater.streams.replication-factor=3",
                        "headwater.sink.batch-size=7",
                        "headwater.sink.max-parked-keys=8",
                        "headwater.sink.max-back-off=9s",
                        "headwater.sink.drain-every=3s")
                .run(context ->
                        assertThat(context.getBean(ProjectorSettings.class))
                                .isEqualTo(
                                        new ProjectorSettings(
                                                new ProjectorSettings.Kafka(
                                                        "k:1", KafkaSecurity.NONE),
                                                new ProjectorSettings.Schemas("http://r", "/c"),
                                                new ProjectorSettings.Postgres(
                                                        "jdbc:postgresql://p/d", "u", "w"),
                                                Path.of("/s"),
                                                "i",
                                                java.util.Set.of("leads", "sessions"),
                                                new ProjectorSettings.Streams(
                                                        Duration.ofMillis(50),
                                                        DataSize.ofMegabytes(1),
                                                        DataSize.ofMegabytes(2),
                                                        1,
                                                        (short) 3),
                                                new ProjectorSettings.Sink(
                                                        7,
                                                        8,
                                                        Duration.ofSeconds(9),
                                                        Duration.ofSeconds(3)))));
    }

    @Test
    void theVaultIsInTheSameDatabaseUnlessToldOtherwise() {
        runner.withPropertyValues(
                        "headwater.postgres.url=jdbc:postgresql://p/d",
                        "headwater.vault.kek=file:/k")
                .run(context ->
                        assertThat(context.getBean(VaultSettings.class))
                                .isEqualTo(
                                        new VaultSettings(
                                                "jdbc:postgresql://p/d",
                                                "headwater_vault",
                                                "",
                                                "file:/k",
                                                Duration.ofMinutes(1))));
    }

    @Test
    void withoutAKeyEncryptionKeyItDoesNotStart() {
        runner.withPropertyValues("headwater.vault.kek=")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void senselessBatchSizeStopsTheStart() {
        runner.withPropertyValues("headwater.sink.batch-size=0")
                .run(context -> assertThat(context).hasFailed());
    }
}
