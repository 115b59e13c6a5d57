package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.web.ClientAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PublicUrlsTest {

    private static final String GIVEN = "https://hooks.example.test/in";
    private static final String PATH = "/webhooks/twilio/s1?a=1&b=%27";

    private final PublicUrls urls =
            new PublicUrls(
                    new ClientAddress(List.of("127.0.0.1", "10.0.0.0/8")),
                    new InstanceSettings("one", Path.of("state"), URI.create(GIVEN + "/")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "127.0.0.1 !  ! https://hooks.example.test/in",
                "203.0.113.9 ! X-Forwarded-Host: evil.test | X-Forwarded-Proto: http ! https://hooks.example.test/in",
                "127.0.0.1 ! X-Forwarded-Host: a.test ! https://a.test",
                "127.0.0.1 ! X-Forwarded-Host: a.test | X-Forwarded-Proto: http ! http://a.test",
                "127.0.0.1 ! X-Forwarded-Host: a.test | X-Forwarded-Proto: gopher ! https://a.test",
                "127.0.0.1 ! X-Forwarded-Host: a.test:8443 | X-Forwarded-Proto: https ! https://a.test:8443",
                "127.0.0.1 ! X-Forwarded-Host: a.test | X-Forwarded-Port: 8443 | X-Forwarded-Prefix: /hw ! https://a.test:8443/hw",
                "127.0.0.1 ! X-Forwarded-Host: a.test | X-Forwarded-Port: 443 ! https://a.test",
                "127.0.0.1 ! X-Forwarded-Host: a b/c ! https://hooks.example.test/in",
                "127.0.0.1 ! Forwarded: for=198.51.100.7;proto=http;host=\"b.test:8080\" ! http://b.test:8080",
                "127.0.0.1 ! X-Forwarded-Host: evil.test, a.test ! https://a.test",
                "127.0.0.1 ! X-Forwarded-Host: evil.test | X-Forwarded-Host: a.test ! https://a.test",
                "127.0.0.1 ! X-Forwarded-For: 198.51.100.7, 10.0.0.2 | X-Forwarded-Host: evil.test, a.test, inner.test ! https://a.test"
            })
    void isTheOneThatTheCallerWrote(String peer, String headers, String base) {
        var request = new MockHttpServletRequest("POST", "/webhooks/twilio/s1");
        request.setQueryString("a=1&b=%27");
        request.setRemoteAddr(peer);
        if (headers != null) {
            for (String header : headers.split(" \\| ")) {
                int colon = header.indexOf(':');
                request.addHeader(header.substring(0, colon), header.substring(colon + 2));
            }
        }

        assertThat(urls.of(request)).isEqualTo(base + PATH);
    }
}
