package io.headwater.command.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.command.SettingsTest;
import io.headwater.command.platform.enrich.EnrichSettings;
import io.headwater.command.platform.enrich.Enrichment;
import io.headwater.command.platform.enrich.Place;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.BodyReader;
import io.headwater.command.platform.web.body.Split;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/// Calls of the tracker: the first line is the call and, after a space, the content encoding; the
/// rest is what came.
class TrackingFuzzTest {

    private static final int LIMIT = 64 * 1024;
    private static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");

    private final Enrichment enrichment =
            new Enrichment(
                    SettingsTest.binder(Map.of())
                            .bind("headwater.enrich", EnrichSettings.class)
                            .get());
    private final TrackingNormaliser normaliser =
            new TrackingNormaliser(new TrackingSettings(100, DataSize.ofKilobytes(4)), enrichment);

    static Stream<Arguments> seeds() {
        String batch =
                "{\"session_id\":\"s-1\",\"visitor_id\":\"v\",\"session_started_at\":1790000000000,\"events\":[{\"event_type\":\"click\",\"timestamp\":1.79e9,\"x\":1e400,\"y\":-0.5,\"scroll_percent\":50.5,\"data\":{\"a\":[1,{}]}},{\"event_type\":\"\"},7]}";
        return Stream.of(
                        seed(
                                "start",
                                bytes(
                                        "{\"fingerprint_id\":\"f\",\"page\":\"https://a.test/\",\"screen\":{\"width\":1,\"height\":\"2\"},\"device_info\":{\"user_agent\":\"Mozilla/5.0\"}}")),
                        seed(
                                "event",
                                bytes(
                                        "{\"session_id\":\"s-1\",\"event_type\":\"view\",\"timestamp\":\"2026-11-21T00:00:00Z\"}")),
                        seed("batch", bytes(batch)),
                        seed("batch gzip", gzip(bytes(batch))),
                        seed("batch gzip", gzip(new byte[1 << 20])),
                        seed("end", bytes("{\"session_id\":\"s-1\",\"exit_page\":\"\\ud800\"}")))
                .map(seed -> Arguments.of((Object) seed));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] input) {
        var parts = Split.atFirstLine(input);
        String[] words = parts.line().split(" ", 2);
        var request = new MockHttpServletRequest("POST", "/track");
        request.setContent(parts.rest());
        if (words.length > 1) {
            request.addHeader("Content-Encoding", words[1]);
        }
        try {
            byte[] bytes = BodyReader.read(request, LIMIT);
            assertThat(bytes.length).isLessThanOrEqualTo(LIMIT);
            JsonNode body = Body.parse("application/json", bytes, Body.ONLY_JSON).tree();
            switch (words[0]) {
                case "start" ->
                        assertWritable(
                                normaliser.start(
                                        body,
                                        "main",
                                        new TrackingNormaliser.Peer(
                                                "192.0.2.1", null, Place.UNKNOWN, null),
                                        NOW,
                                        new SplittableRandom(1)));
                case "event" -> assertWritable(normaliser.event(body, NOW));
                case "end" -> assertWritable(normaliser.end(body, NOW));
                default -> {
                    var batch = normaliser.batch(body, NOW);
                    var events = batch.events();
                    assertThat(batch.accepted() + batch.errors().size())
                            .isEqualTo(body.get("events").size());
                    if (events != null) {
                        assertWritable(events);
                    }
                }
            }
        } catch (ProblemException | UnreadableBodyException refused) {
            assertThat(refused).isNotNull();
        }
    }

    /// A fact that Avro cannot write would be a 500.
    private static void assertWritable(SpecificRecord fact) {
        try {
            ByteBuffer written =
                    new BinaryMessageEncoder<SpecificRecord>(
                                    SpecificData.getForSchema(fact.getSchema()), fact.getSchema())
                            .encode(fact);
            assertThat(written.hasRemaining()).isTrue();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] seed(String line, byte[] rest) {
        var seed = new ByteArrayOutputStream();
        seed.writeBytes(bytes(line + "\n"));
        seed.writeBytes(rest);
        return seed.toByteArray();
    }

    private static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
