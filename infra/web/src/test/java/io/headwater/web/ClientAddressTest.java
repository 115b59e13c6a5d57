package io.headwater.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {

    private static final String PROXY = "127.0.0.1";

    private final ClientAddress addresses = new ClientAddress(List.of("127.0.0.0/8", "10.0.0.0/8"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9, 198.51.100.7, 10.0.0.1 | 198.51.100.7",
                "198.51.100.7:4711 | 198.51.100.7",
                "[2001:db8::1]:4711 | 2001:db8::1",
                "[2001:db8::1] | 2001:db8::1",
                "2001:db8::1 | 2001:db8::1",
                "198.51.100.7, , | 198.51.100.7",
                "127.0.0.1, 198.51.100.7 | 198.51.100.7",
                "10.0.0.2, 10.0.0.1 | 10.0.0.2"
            })
    void isTheNearestThatIsNoProxy(String forwarded, String client) {
        var request = from(PROXY, forwarded);

        assertThat(addresses.of(request)).isEqualTo(client);
        assertThat(addresses.isLocal(request)).isFalse();
    }

    @Test
    void everyLineOfTheHeaderCounts() {
        assertThat(addresses.of(from(PROXY, "203.0.113.9", "198.51.100.7")))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void aLongListHidesNobody() {
        String list = "203.0.113.9,".repeat(200) + "198.51.100.7";

        assertThat(addresses.of(from(PROXY, list))).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "_hidden", "203.0.113.9, unknown", "256.1.1.1", ",,,,", ""})
    void whoIsNotNamedIsNotOnThisMachine(String forwarded) {
        var request = from(PROXY, forwarded);

        assertThat(addresses.of(request)).isEqualTo(PROXY);
        assertThat(addresses.isLocal(request)).isFalse();
    }

    @Test
    void whoAsksWithoutAProxyIsThePeer() {
        assertThat(addresses.of(from(PROXY))).isEqualTo(PROXY);
        assertThat(addresses.isLocal(from(PROXY))).isTrue();
        assertThat(addresses.isLocal(from(PROXY, "127.0.0.1"))).isTrue();
        assertThat(addresses.of(from("198.51.100.9", "203.0.113.9"))).isEqualTo("198.51.100.9");
        assertThat(addresses.isLocal(from("::1"))).isTrue();
        assertThat(addresses.isLocal(from("::1", "203.0.113.9")))
                .as("a proxy on this machine that is not trusted")
                .isFalse();
        assertThat(addresses.isLocal(from("198.51.100.9", "127.0.0.1"))).isFalse();
    }

    private static MockHttpServletRequest from(String peer, String... forwarded) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (String line : forwarded) {
            request.addHeader("X-Forwarded-For", line);
        }
        return request;
    }
}
