package io.headwater.query.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.web.ClientAddress;
import io.headwater.web.KeyLockSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class KeyLockTest {

    private final AuthFilter filter =
            new AuthFilter(
                    new ApiKeys(new AccessSettings("admin-key", "marketing-key")),
                    new ClientAddress(List.of("10.0.0.0/8", "2001:db8::5")),
                    new KeyLockSettings(
                            3,
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            Duration.ofHours(1),
                            true));

    @Test
    void whoGuessesWaitsWhateverTheNextKeyIs() throws Exception {
        guess("192.0.2.7", null);

        var answer = ask("192.0.2.7", null, "admin-key");

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After"))
                .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 61));
        assertThat(answer.getContentAsString()).contains("/problems/too-many-wrong-keys");
        assertThat(ask("192.0.2.8", null, "admin-key").getStatus()).isEqualTo(200);
        assertThat(ask("192.0.2.7", null, null).getStatus()).as("no key").isEqualTo(401);
    }

    /// The peer, and what proxies say, of who guesses and of who has a key.
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 198.51.100.1, 10.0.0.1, 198.51.100.2, 200",
        "10.0.0.1, 198.51.100.1, 10.0.0.2, '198.51.100.1:4711, 10.9.9.9', 429",
        "10.0.0.1, '198.51.100.2, 198.51.100.1', 10.0.0.1, 198.51.100.2, 200",
        "2001:db8::5, '[2001:db8:0:1::1]:443', 2001:db8::5, 2001:db8:0:1:ffff::2, 429",
        "2001:db8::5, 2001:db8:0:1::1, 2001:db8::5, 2001:db8:0:2::1, 200",
        // it is not known who guesses: nobody waits
        "10.0.0.1, , 10.0.0.1, , 200",
        "10.0.0.1, nonsense, 10.0.0.1, nonsense, 200",
        "192.0.2.9, 198.51.100.1, 192.0.2.9, 198.51.100.2, 200",
        "127.0.0.1, , 127.0.0.1, , 200",
        "0:0:0:0:0:0:0:1, , 0:0:0:0:0:0:0:1, , 200"
    })
    void onlyThePlaceOfWhoGuessesWaits(
            String peer,
            @Nullable String from,
            String other,
            @Nullable String otherFrom,
            int status)
            throws Exception {
        guess(peer, from);

        assertThat(ask(other, otherFrom, "admin-key").getStatus()).isEqualTo(status);
    }

    private void guess(String peer, @Nullable String forwarded) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(peer, forwarded, "guess " + i).getStatus()).isEqualTo(401);
        }
    }

    private MockHttpServletResponse ask(
            String peer, @Nullable String forwarded, @Nullable String key) throws Exception {
        var request = new MockHttpServletRequest("GET", "/analytics/leads");
        request.setServletPath("/analytics/leads");
        request.setRemoteAddr(peer);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }
        if (key != null) {
            request.addHeader("X-API-Key", key);
        }
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
