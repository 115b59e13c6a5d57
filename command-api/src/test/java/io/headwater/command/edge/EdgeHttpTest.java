package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.web.WebSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EdgeHttpTest {

    private static final String EVENT = "{\"session_id\":\"s\",\"event_type\":\"c\"}";

    @Test
    void limitsPerAddress() {
        // windows are aligned to the clock: none of this length ends during the test
        try (var server =
                new EdgeServer(
                        "--headwater.web.rate-limit.requests=2",
                        "--headwater.web.rate-limit.window=36500d",
                        "--headwater.web.rate-limit.exempt-loopback=false")) {
            var first = server.json("/track/event", EVENT);
            var second = server.json("/lead.capture", "{\"email\":\"a@x.test\"}");
            var third = server.json("/track/event", EVENT, "Origin", "https://x.test");
            var keyed =
                    server.json(
                            "/lead.capture",
                            "{\"email\":\"a@example.test\"}",
                            "X-API-Key",
                            FakeDirectory.API_KEY);
            var wrongKey = server.json("/track/event", EVENT, "X-API-Key", "guess");
            var status = server.call("GET", "/commands/unknown");

            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("RateLimit-Limit")).isEqualTo("2");
            assertThat(first.header("RateLimit-Remaining")).isEqualTo("1");
            assertThat(second.status()).isEqualTo(403);
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.text("type")).isEqualTo("/problems/rate-limited");
            assertThat(third.header("RateLimit-Remaining")).isEqualTo("0");
            assertThat(Duration.ofSeconds(Long.parseLong(third.header("Retry-After"))))
                    .isBetween(Duration.ofSeconds(1), Duration.ofDays(36_500));
            assertThat(third.header("Access-Control-Allow-Origin")).isEqualTo("https://x.test");
            assertThat(keyed.status()).isEqualTo(200);
            assertThat(wrongKey.status()).isEqualTo(429);
            assertThat(status.status()).isNotEqualTo(429);
            assertThat(status.header("RateLimit-Remaining")).isEqualTo("1");
        }
    }

    @Test
    void limitsPerKeyWhereToldTo() {
        try (var server =
                new EdgeServer(
                        "--headwater.web.rate-limit.key-requests=1",
                        "--headwater.web.rate-limit.window=36500d",
                        "--headwater.web.rate-limit.exempt-loopback=false")) {
            String[] key = {"X-API-Key", FakeDirectory.API_KEY};

            assertThat(server.json("/track/event", EVENT, key).status()).isEqualTo(200);
            assertThat(server.json("/track/event", EVENT, key).status()).isEqualTo(429);
            assertThat(server.json("/track/event", EVENT).status()).isEqualTo(200);
        }
    }

    @Test
    void believesOnlyTrustedProxies() {
        try (var server = new EdgeServer("--headwater.web.trusted-proxies=127.0.0.0/8,10.0.0.1")) {
            server.json(
                    "/track/session/start",
                    "{\"fingerprint_id\":\"f\",\"page\":\"/\"}",
                    "X-Forwarded-For",
                    "203.0.113.9, 198.51.100.7, 10.0.0.1",
                    "CF-IPCountry",
                    "de");

            var started =
                    server.log.of(io.headwater.events.tracking.SessionStarted.class).getFirst();
            assertThat(io.headwater.schema.PersonalData.open(started.getIp()))
                    .isEqualTo("198.51.100.7");
            assertThat(started.getCountry()).isEqualTo("DE");
        }
    }

    @Test
    void saysWhetherItIsHealthyAndDescribesItself() {
        try (var server = new EdgeServer()) {
            var healthy = server.call("GET", "/health");
            var description = server.call("GET", "/v3/api-docs");
            server.directory.ready = false;
            var starting = server.call("GET", "/health");

            assertThat(healthy.status()).isEqualTo(200);
            assertThat(healthy.text("status")).isEqualTo("ok");
            assertThat(healthy.json().get("components").get("directory").asString())
                    .isEqualTo("up");
            assertThat(starting.status()).isEqualTo(503);
            assertThat(starting.text("status")).isEqualTo("unavailable");
            assertThat(description.status()).isEqualTo(200);
            assertThat(description.json().get("paths").propertyNames())
                    .contains(
                            "/lead.capture",
                            "/lead",
                            "/webhooks/{provider}/{source}",
                            "/track/session/start",
                            "/track/event",
                            "/track/events/batch",
                            "/track/session/end",
                            "/health");
            assertThat(
                            description
                                    .json()
                                    .at(
                                            "/paths/~1webhooks~1{provider}~1{source}/post/parameters/0/schema/enum")
                                    .valueStream()
                                    .map(JsonNode::stringValue))
                    .contains("calendly", "generic", "google-ads", "meta", "stripe", "typeform");
            var settings = server.bean(WebSettings.class);
            assertThat(settings.maxBody().toBytes()).isEqualTo(1 << 20);
            assertThat(settings.trustedProxies()).isEmpty();
            assertThat(settings.rateLimit().requests()).isEqualTo(600);
        }
    }
}
