package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("NullAway.Init")
class SourceLimitsHttpTest {

    private static final String KEY = "limited-key-1";

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    @Test
    void aProviderThatSendsAgainIsToldTo() {
        String source = source("generic", new SourceConfig.Limits(2, null));

        assertThat(post("generic", source).status()).isEqualTo(200);
        assertThat(post("generic", source).status()).isEqualTo(200);
        var third = post("generic", source);

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.text("type")).isEqualTo("/problems/rate-limited");
        assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 60);
        assertThat(submissions()).hasSize(2);
    }

    @Test
    void whatIsNotSentAgainWaitsInTheQuarantine() {
        String source = source("callrail", new SourceConfig.Limits(1, null));

        assertThat(post("callrail", source).status()).isEqualTo(200);
        assertThat(post("callrail", source).status()).isEqualTo(200);

        assertThat(submissions())
                .extracting(submission -> String.valueOf(submission.getProblem()))
                .containsExactly("null", "cap-reached");
    }

    @Test
    void whatIsBeyondTheDayWaitsInTheQuarantine() {
        String source = source("generic", new SourceConfig.Limits(null, 1));

        assertThat(post("generic", source).status()).isEqualTo(200);
        assertThat(post("generic", source).status()).isEqualTo(200);

        var beyond = submissions().getLast();
        assertThat(beyond.getProblem()).isEqualTo("cap-reached");
        assertThat(beyond.getProblemDetail()).isEqualTo("more than 1 submissions in a day");
        assertThat(submissions().getFirst().getProblem()).isNull();
    }

    private static List<Submission> submissions() {
        return server.log.of(CaptureLead.class).stream().map(CaptureLead::getSubmission).toList();
    }

    private static String source(String provider, SourceConfig.Limits limits) {
        String id = "limited-" + UUID.randomUUID();
        server.directory.put(
                new SourceConfig(
                        id,
                        "lakeside",
                        id,
                        provider,
                        new SourceConfig.Scheme("api-key-query", Map.of()),
                        List.of(KeyDigest.of(KEY)),
                        Map.of(),
                        0,
                        Duration.ofMinutes(10),
                        Duration.ZERO,
                        limits,
                        Map.of()));
        return id;
    }

    private static EdgeServer.Answer post(String provider, String source) {
        return server.json(
                "/webhooks/" + provider + "/" + source + "?api_key=" + KEY,
                """
                {"id":"%s","email":"a@example.test","customer_phone_number":"+493012345678",
                 "resource_id":"CAL%s"}\
                """
                        .formatted(UUID.randomUUID(), UUID.randomUUID()));
    }
}
