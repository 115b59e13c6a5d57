package io.headwater.command.intake.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://graph.example.test/v23.0/, https://graph.example.test/v23.0",
        "https://graph.example.test, https://graph.example.test",
        "http://127.0.0.1:8080/v1, http://127.0.0.1:8080/v1",
        "http://localhost:1, http://localhost:1",
        "http://[::1]:1/x, http://[::1]:1/x"
    })
    void takesHttpsAndThisMachine(String text, URI base) {
        assertThat(BaseUrl.parse(text)).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://graph.example.test",
                "http://localhost.example.test",
                "https://user:pass@graph.example.test",
                "https://graph.example.test?x=1",
                "https://graph.example.test#x",
                "ftp://127.0.0.1",
                "file:///etc/passwd",
                "graph.example.test",
                "https://",
                "not a url",
                ""
            })
    void nothingElse(String text) {
        assertThat(BaseUrl.parse(text)).isNull();
    }
}
