package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 | desktop",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15 | desktop",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 | mobile",
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile Safari/537.36 | mobile",
                "Mozilla/5.0 (Linux; Android 15; SM-X910) Chrome/140.0 Safari/537.36 | tablet",
                "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) | tablet",
                "Mozilla/5.0 (compatible; Googlebot/2.1) | bot",
                "HeadlessChrome/140.0 | bot",
                "curl/8.5.0 | unknown",
                "'' | unknown"
            })
    void tellsWhatAnAgentClaimsToBe(String userAgent, String type) {
        assertThat(DeviceType.of(userAgent)).isEqualTo(type);
    }
}
