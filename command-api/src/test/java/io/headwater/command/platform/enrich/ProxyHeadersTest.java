package io.headwater.command.platform.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.SettingsTest;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.web.ClientAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ProxyHeadersTest {

    private static final String PROXY = "10.0.0.1";

    private final ProxyHeaders headers = headers(PROXY);

    private static ProxyHeaders headers(String trusted) {
        var settings =
                SettingsTest.binder(
                        Map.of(
                                "headwater.web.trusted-proxies",
                                trusted,
                                "headwater.enrich.headers.asn",
                                "X-ASN"));
        var web = settings.bind("headwater.web", WebSettings.class).get();
        return new ProxyHeaders(
                new ClientAddress(web.trustedProxies()),
                web,
                settings.bind("headwater.enrich", EnrichSettings.class).get());
    }

    private static MockHttpServletRequest from(String peer, String... namesAndValues) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.addHeader(namesAndValues[i], namesAndValues[i + 1]);
        }
        return request;
    }

    @Test
    void aTrustedProxyIsBelieved() {
        String utf8AsTomcatReadsIt =
                new String("Köln".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        var told =
                headers.of(
                        from(
                                PROXY,
                                "CF-IPCountry",
                                "de",
                                "CF-IPCity",
                                utf8AsTomcatReadsIt,
                                "CF-Region",
                                "NRW",
                                "CF-Timezone",
                                "Europe/Berlin",
                                "X-ASN",
                                "24940",
                                "CF-Bot-Score",
                                "7"));

        assertThat(told)
                .isEqualTo(
                        new ProxyHeaders.Told(
                                new Place(
                                        "DE", "Köln", "NRW", "Europe/Berlin", 24_940L, null, null),
                                7));
    }

    @Test
    void nobodyElseIs() {
        String[] sent = {"CF-IPCountry", "DE", "CF-Bot-Score", "99", "X-ASN", "1"};

        assertThat(headers.of(from("198.51.100.9", sent))).isEqualTo(ProxyHeaders.Told.NOTHING);
        assertThat(headers("").of(from("127.0.0.1", sent))).isEqualTo(ProxyHeaders.Told.NOTHING);
    }

    @Test
    void nonsenseIsUnknown() {
        assertThat(
                        headers.of(
                                from(
                                        PROXY,
                                        "CF-IPCountry",
                                        "XX",
                                        "CF-Timezone",
                                        "Mars/Base",
                                        "X-ASN",
                                        "-1",
                                        "CF-Bot-Score",
                                        "100")))
                .isEqualTo(ProxyHeaders.Told.NOTHING);
    }
}
