package io.headwater.command.intake.hydration;

import io.headwater.command.intake.provider.BaseUrl;
import io.headwater.command.intake.provider.ProviderSettings;
import io.headwater.command.intake.provider.Reach;
import io.headwater.command.intake.provider.ThinPreset;
import io.headwater.command.intake.provider.ThinPreset.Fetcher;
import io.headwater.command.intake.provider.ThinPreset.Fetcher.FetchException;
import io.headwater.command.intake.provider.ThinPreset.Fetcher.FetchException.Kind;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Reads JSON of providers. The access token goes to the base URL of its source and nowhere else:
/// redirects are not followed.
@Component
final class ProviderClient {

    private static final int LARGEST_ANSWER = 1 << 20;

    private final HttpClient http;
    private final Duration timeout;
    private final Reach reach;
    private final Clock clock;

    ProviderClient(HydrationSettings settings, ProviderSettings providers, Clock clock) {
        this.reach = providers.reach();
        this.timeout = settings.timeout();
        this.clock = clock;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    Fetcher of(ThinPreset preset, SourceConfig source) {
        String token = source.secretOptions().get(ThinPreset.ACCESS_TOKEN);
        URI base = BaseUrl.of(source, preset, reach);
        return (path, headers) -> {
            if (token == null || token.isBlank()) {
                throw new FetchException(Kind.DENIED, "the source has no access token", 0);
            }
            if (base == null) {
                throw new FetchException(Kind.DENIED, "the base URL may not be used", 0);
            }
            return get(preset, URI.create(base + path), token, headers);
        };
    }

    private JsonNode get(ThinPreset preset, URI uri, String token, Map<String, String> headers)
            throws InterruptedException {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(timeout)
                        .header("Accept", "application/json")
                        .header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        try {
            if (BaseUrl.leadsTooFar(uri, reach)) {
                throw new FetchException(Kind.DENIED, "the base URL leads to a private address", 0);
            }
            var answer =
                    http.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
            return read(preset, answer);
        } catch (IOException away) {
            throw new FetchException(Kind.LATER, "the provider did not answer", 0);
        }
    }

    private JsonNode read(ThinPreset preset, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        JsonNode body = parsed(answer.body());
        if (status / 100 != 2) {
            throw new FetchException(
                    preset.kindOf(status, body),
                    "the provider answered " + status,
                    retryAfter(answer));
        }
        if (!body.isObject()) {
            throw new FetchException(Kind.LATER, "the provider's answer is no JSON object", 0);
        }
        return body;
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            return Json.clean(Json.read(new String(bytes, StandardCharsets.UTF_8)));
        } catch (UnreadableBodyException noJson) {
            return MissingNode.getInstance();
        }
    }

    /// Seconds, or a date.
    private long retryAfter(HttpResponse<?> answer) {
        String told = answer.headers().firstValue("Retry-After").map(String::strip).orElse("");
        if (told.matches("[0-9]{1,7}")) {
            return Long.parseLong(told);
        }
        try {
            var at = ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Instant now = clock.instant();
            return Math.max(0, Duration.between(now, at).toSeconds());
        } catch (DateTimeException none) {
            return 0;
        }
    }
}
