package io.headwater.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.jobs.platform.kafka.SchemaSettings;
import io.headwater.jobs.platform.s3.S3Settings;
import io.headwater.schema.KafkaSecurity;
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

    @Test
    void defaultsAreThoseOfTheLaptop() throws Exception {
        var settings = binder(Map.of());

        var instance = settings.bind("headwater", InstanceSettings.class).get();
        assertThat(instance.instance()).isEqualTo("stream-jobs-1");
        assertThat(instance.stateDir().normalize()).isEqualTo(Path.of("data/state/stream-jobs"));
        assertThat(settings.bind("headwater.kafka", KafkaSettings.class).get())
                .isEqualTo(
                        new KafkaSettings(
                                "127.0.0.1:19092",
                                KafkaSecurity.NONE,
                                Duration.ofMillis(100),
                                1,
                                0,
                                DataSize.ofMegabytes(32)));
        assertThat(settings.bind("headwater.schemas", SchemaSettings.class).get())
                .isEqualTo(new SchemaSettings("http://127.0.0.1:18081/apis/ccompat/v7", ""));
        assertThat(settings.bind("headwater.s3", S3Settings.class).get())
                .isEqualTo(
                        new S3Settings(
                                URI.create("http://127.0.0.1:19000"),
                                "headwater",
                                "",
                                "headwater",
                                Duration.ofSeconds(10)));
    }

    @Test
    void everyKeyCanBeSet() throws Exception {
        var settings =
                binder(
                        Map.of(
                                "headwater.instance", "jobs-7",
                                "headwater.state-dir", "/state",
                                "headwater.kafka.bootstrap-servers", "kafka:9092",
                                "headwater.kafka.commit-interval", "1s",
                                "headwater.kafka.stream-threads", "3",
                                "headwater.kafka.standby-replicas", "1",
                                "headwater.kafka.store-memory", "8MB",
                                "headwater.s3.bucket", "visits",
                                "headwater.s3.call-limit", "3s"));

        assertThat(settings.bind("headwater", InstanceSettings.class).get())
                .isEqualTo(new InstanceSettings("jobs-7", Path.of("/state")));
        assertThat(settings.bind("headwater.kafka", KafkaSettings.class).get())
                .isEqualTo(
                        new KafkaSettings(
                                "kafka:9092",
                                KafkaSecurity.NONE,
                                Duration.ofSeconds(1),
                                3,
                                1,
                                DataSize.ofMegabytes(8)));
        var s3 = settings.bind("headwater.s3", S3Settings.class).get();
        assertThat(s3.bucket()).isEqualTo("visits");
        assertThat(s3.callLimit()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void secretIsNotPrinted() throws Exception {
        var s3 =
                binder(Map.of("headwater.s3.secret-key", "hush"))
                        .bind("headwater.s3", S3Settings.class)
                        .get();

        assertThat(s3.secretKey()).isEqualTo("hush");
        assertThat(s3.toString()).doesNotContain("hush");
    }

    /// As the application binds: given values before those of the file.
    public static Binder binder(Map<String, Object> given) throws Exception {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.addFirst(new MapPropertySource("given", given));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(sources::addLast);
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment);
    }
}
