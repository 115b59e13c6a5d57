package io.headwater.projectors.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class KeySettingsTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withInitializer(new ConfigDataApplicationContextInitializer())
                    .withUserConfiguration(Settings.class);

    @EnableConfigurationProperties(KeySettings.class)
    static class Settings {}

    @Test
    void withoutAKeyNobodyMayAsk() {
        runner.run(context ->
                assertThat(context.getBean(KeySettings.class))
                        .isEqualTo(new KeySettings("", Duration.ofSeconds(30), 100_000)));
    }

    @Test
    void everyKeyMapsAndTheAdminsIsNotShown() {
        runner.withPropertyValues(
                        "headwater.keys.admin-api-key=secret",
                        "headwater.keys.read-limit=5s",
                        "headwater.keys.most-events=7")
                .run(context -> {
                    var settings = context.getBean(KeySettings.class);
                    assertThat(settings)
                            .isEqualTo(new KeySettings("secret", Duration.ofSeconds(5), 7));
                    assertThat(settings.toString()).doesNotContain("secret");
                });
    }

    @Test
    void limitsMustBePositive() {
        runner.withPropertyValues("headwater.keys.most-events=0")
                .run(context -> assertThat(context).hasFailed());
    }
}
