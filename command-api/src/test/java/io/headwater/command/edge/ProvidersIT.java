package io.headwater.command.edge;

import static io.headwater.command.edge.ProviderSigner.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.TestLog;
import io.headwater.command.WholeApi;
import io.headwater.command.edge.EdgeServer.Answer;
import io.headwater.command.intake.preset.Fixture;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.platform.web.body.Json;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.schema.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Every fixture of every provider through the whole application on a real Kafka: signed by
/// somebody else's code, taken, decided, and ending as what it means; tampered with, turned down.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class ProvidersIT {

    private static final String[] ADMIN = {"X-API-Key", WholeApi.ADMIN};
    private static final String PUBLIC = WholeApi.PUBLIC;
    private static final String SECRET = "a-secret-of-the-fixtures-01";
    private static final String STANDARD_SECRET = "whsec_Zml4dHVyZXMtb2Ytb3VyLW93bi0yNGJ5dGU=";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static EdgeServer app;

    @BeforeAll
    static void start() {
        app = EdgeServer.whole();
    }

    static Stream<String> providers() {
        return Fixture.all().map(Fixture::provider).distinct();
    }

    /// One fixture, sent to a source of its own on a site of its own.
    ///
    /// @param body as sent: of a fixture that holds what was fetched later, the part that was sent
    record Sent(Fixture fixture, String source, byte[] body, int refused, FakeProvider fetched) {}

    @ParameterizedTest
    @MethodSource("providers")
    void deliveriesEndAsWhatTheyMean(String provider) {
        assertThat(app.bean(Presets.class).named(provider)).isPresent();
        double before = refused(provider);

        var sent = delivered(provider);

        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        var outcomes = LeadOutcomes.read(WholeApi.log());
                        for (var one : sent) {
                            assertThat(outcomes.of(one.source()))
                                    .as(one.fixture().toString())
                                    .isEqualTo(LeadOutcomes.expected(one.fixture()));
                        }
                        sent.forEach(one -> keepsEveryDigit(one, outcomes));
                    });
        } finally {
            sent.forEach(one -> one.fetched().close());
        }
        int turnedDown = sent.stream().mapToInt(Sent::refused).sum();
        var sources = sent.stream().map(Sent::source).toList();
        assertThat(refused(provider) - before).isEqualTo(turnedDown);
        var audits =
                new TestLog(WholeApi.bootstrap())
                        .values(Topics.INTAKE_WEBHOOKS.name(), WebhookReceived.class).stream()
                                .filter(audit -> audit.getOutcome().equals("unauthenticated"))
                                .filter(audit -> sources.contains(audit.getSourceId()))
                                .toList();
        assertThat(audits).hasSize(turnedDown).allMatch(audit -> audit.getBody() == null);
        assertThat(audits).extracting(WebhookReceived::getReason).containsOnly("mismatch");
    }

    /// All fixtures of the provider at the same time.
    private static List<Sent> delivered(String provider) {
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            return Fixture.all()
                    .filter(fixture -> fixture.provider().equals(provider))
                    .map(fixture -> CompletableFuture.supplyAsync(() -> deliver(fixture), each))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private static double refused(String provider) {
        return app
                .bean(MeterRegistry.class)
                .find("intake.signatures.refused")
                .tags("provider", provider, "reason", "mismatch")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static void keepsEveryDigit(Sent sent, LeadOutcomes outcomes) {
        if (sent.fixture().told().has("ignored")) {
            return;
        }
        var numbers = Fixture.LONG_NUMBER.matcher(text(sent.body()));
        while (numbers.find()) {
            assertThat(outcomes.payloads(sent.source()))
                    .as(sent.fixture().toString())
                    .contains(numbers.group());
        }
    }

    private static Sent deliver(Fixture fixture) {
        JsonNode parts = parts(fixture);
        boolean fetched = parts.has("hydrated");
        var api = new FakeProvider();
        byte[] body = fixture.bytes();
        if (fetched) {
            body = Json.write(parts.path("event")).getBytes(StandardCharsets.UTF_8);
            JsonNode told = parts.path("hydrated");
            if (told.has("response")) {
                api.replies(200, Json.write(told.path("response")));
                api.replies(200, Json.write(told.path("form")));
            } else {
                api.replies(200, Json.write(told));
            }
        } else {
            api.replies(404, "{}");
        }
        JsonNode source = source(fixture, api);
        String url = source.path("url").asString();
        String secret = secret(fixture);

        var taken = send(fixture, url, body, secret);
        assertThat(taken.status()).as(fixture + ": " + taken.response().body()).isEqualTo(200);
        int refused = forge(fixture, url, body, secret);
        return new Sent(fixture, source.path("id").asString(), body, refused, api);
    }

    private static JsonNode parts(Fixture fixture) {
        return fixture.kind().equals("json")
                ? Json.read(new String(fixture.bytes(), StandardCharsets.UTF_8))
                : JsonNodeFactory.instance.missingNode();
    }

    private static JsonNode source(Fixture fixture, FakeProvider api) {
        String name = "providers-" + UUID.randomUUID();
        ObjectNode site = JsonNodeFactory.instance.objectNode();
        site.put("name", name).put("site_key", name);
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("site_id", made("/analytics/sites", site).path("site_id").asString());
        source.put("provider", fixture.provider()).put("name", "Source");
        ObjectNode signature = source.putObject("signature");
        signature.putArray("secrets").add(secret(fixture));
        if (fixture.provider().equals("callrail") && fixture.kind().equals("query")) {
            signature.put("scheme", "api-key-query");
        }
        JsonNode told = fixture.told().path("source");
        if (told.has("mapping")) {
            source.set("mapping", told.path("mapping"));
        }
        ObjectNode options = source.putObject("options");
        told.path("options").properties().forEach(one -> options.set(one.getKey(), one.getValue()));
        options.put("base_url", api.base());
        source.putObject("secret_options").put("access_token", "token-of-the-fixtures");
        return made("/admin/sources", source);
    }

    private static JsonNode made(String path, JsonNode body) {
        var answer = app.json(path, Json.write(body), ADMIN);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json();
    }

    private static String secret(Fixture fixture) {
        if (fixture.provider().equals("filaforms")) {
            return STANDARD_SECRET;
        }
        return fixture.told().path("source").path("secrets").path("1").asString(SECRET);
    }

    /// @param secret may be another than the source's, in the URL and in the body, too
    private static Answer send(Fixture fixture, String url, byte[] body, String secret) {
        boolean digested = fixture.provider().equals("twilio") && fixture.kind().equals("json");
        String called = digested ? ProviderSigner.withDigest(url, body) : url;
        return call(fixture, called, body, headers(fixture, called, body, secret));
    }

    private static Map<String, String> headers(
            Fixture fixture, String url, byte[] body, String secret) {
        boolean form = fixture.kind().equals("urlencoded");
        var headers = new LinkedHashMap<>(fixture.headers());
        if (!fixture.provider().equals("callrail") || !fixture.kind().equals("query")) {
            headers.putAll(
                    new ProviderSigner(fixture.provider(), secret, url, body, form).headers());
        }
        return headers;
    }

    private static Answer call(
            Fixture fixture, String url, byte[] body, Map<String, String> headers) {
        String path = url.substring(PUBLIC.length());
        if (fixture.kind().equals("query")) {
            String joint = path.contains("?") ? "&" : "?";
            return app.call("GET", path + joint + text(body).strip(), flat(headers));
        }
        String type = fixture.contentType();
        return app.post(path, type == null ? "" : type, body, flat(headers));
    }

    /// By somebody who knows all but the secret; and, where a body is signed, by somebody who
    /// changed it on the way.
    ///
    /// @return how often it was turned down
    private static int forge(Fixture fixture, String url, byte[] body, String secret) {
        String wrong = secret.replace("0", "9").replace("Zml4", "Zml5");
        byte[] forged =
                fixture.provider().equals("google-ads")
                        ? text(body).replace(secret, wrong).getBytes(StandardCharsets.ISO_8859_1)
                        : body;
        var answers = new ArrayList<Answer>();
        answers.add(send(fixture, url.replace(secret, wrong), forged, wrong));
        var genuine = headers(fixture, url, body, secret);
        boolean signed =
                genuine.keySet().stream().anyMatch(name -> name.matches("(?i).*signature.*"));
        if (signed && fixture.kind().equals("json") && !fixture.provider().equals("twilio")) {
            byte[] longer = Arrays.copyOf(body, body.length + 1);
            longer[body.length] = ' ';
            answers.add(call(fixture, url, longer, genuine));
        }
        assertThat(answers)
                .as(fixture.toString())
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.text("reason")).isEqualTo("mismatch");
                });
        return List.copyOf(answers).size();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
