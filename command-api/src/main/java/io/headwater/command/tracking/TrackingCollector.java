package io.headwater.command.tracking;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.enrich.Enrichment;
import io.headwater.command.platform.enrich.ProxyHeaders;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Json;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.headwater.web.ClientAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes the calls of the tracker and answers once the broker has them. `events.received =
/// events.accepted + events.refused`; a call that fails as a whole counts as one refused call.
final class TrackingCollector {

    private static final String TOPIC = Topics.TRACKING_EVENTS.name();

    private final TrackingNormaliser normaliser;
    private final FactLog log;
    private final AccessDirectory directory;
    private final ClientAddress addresses;
    private final ProxyHeaders proxyHeaders;
    private final Enrichment enrichment;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final MeterRegistry meters;
    private final Counter accepted;
    private final Counter refused;
    private volatile int partitions;

    TrackingCollector(
            TrackingSettings settings,
            FactLog log,
            AccessDirectory directory,
            ClientAddress addresses,
            ProxyHeaders proxyHeaders,
            Enrichment enrichment,
            MeterRegistry meters,
            Clock clock) {
        this.normaliser = new TrackingNormaliser(settings, enrichment);
        this.enrichment = enrichment;
        this.proxyHeaders = proxyHeaders;
        this.log = log;
        this.directory = directory;
        this.addresses = addresses;
        this.clock = clock;
        this.meters = meters;
        this.accepted = meters.counter("tracking.events.accepted");
        this.refused = meters.counter("tracking.events.refused");
    }

    /// @return the answer's members
    /// @throws RuntimeException that stands for a problem
    Map<String, Object> collect(TrackingCall call, JsonNode body, HttpServletRequest request) {
        Instant now = clock.instant();
        return switch (call) {
            case START -> start(body, request, now);
            case EVENT -> event(body, now);
            case BATCH -> batch(body, now);
            case END -> end(body, now);
        };
    }

    void refused(Problem problem) {
        meters.counter("tracking.calls.refused", "problem", problem.slug()).increment();
    }

    private Map<String, Object> start(JsonNode body, HttpServletRequest request, Instant now) {
        String ip = addresses.of(request);
        var told = proxyHeaders.of(request);
        var peer =
                new TrackingNormaliser.Peer(
                        ip,
                        request.getHeader("User-Agent"),
                        enrichment.place(ip, told.place()),
                        told.botScore());
        var started = normaliser.start(body, site(body), peer, now, random);
        append(started.getSessionId(), started);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("session_id", started.getSessionId());
        answer.put("visitor_id", started.getVisitorId());
        answer.put("device_id", started.getDeviceId());
        answer.put("session_started_at", now.toEpochMilli());
        answer.put("timestamp", now.toEpochMilli());
        return answer;
    }

    private Map<String, Object> event(JsonNode body, Instant now) {
        var tracked = normaliser.event(body, now);
        append(tracked.getSessionId(), tracked);
        accepted.increment();
        return acceptance(1, now);
    }

    private Map<String, Object> batch(JsonNode body, Instant now) {
        var batch = normaliser.batch(body, now);
        var events = batch.events();
        if (events != null) {
            append(batch.sessionId(), events);
        }
        accepted.increment(batch.accepted());
        refused.increment(batch.errors().size());
        var answer = acceptance(batch.accepted(), now);
        if (!batch.errors().isEmpty()) {
            answer.put("errors", batch.errors());
        }
        return answer;
    }

    private Map<String, Object> end(JsonNode body, Instant now) {
        var ended = normaliser.end(body, now);
        append(ended.getSessionId(), ended);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("session_id", ended.getSessionId());
        answer.put("ended_at", ended.getEndedAt().toEpochMilli());
        return answer;
    }

    private static Map<String, Object> acceptance(int count, Instant now) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("accepted", count);
        answer.put("timestamp", now.toEpochMilli());
        return answer;
    }

    private String site(JsonNode body) {
        String key = siteKey(body);
        if (key == null) {
            return AccessDirectory.DEFAULT_SITE;
        }
        Problems.requireReady(directory);
        return directory
                .siteByKey(key)
                .map(SiteConfig::siteId)
                .orElseThrow(() ->
                        ProblemType.SITE_NOT_ALLOWED
                                .with("No site has this key.")
                                .because("site_not_found")
                                .asException());
    }

    private static @Nullable String siteKey(JsonNode body) {
        String key = Json.text(body.get("site_key"));
        if (key == null) {
            key = Json.text(body.get("siteKey"));
        }
        return key == null || key.isBlank() ? null : key.strip();
    }

    private void append(String sessionId, SpecificRecord fact) {
        int partition = Slots.partition(Slots.slotOfSession(sessionId), partitions());
        log.appendAndWait(new ProducerRecord<>(TOPIC, partition, sessionId, fact));
    }

    private int partitions() {
        if (partitions == 0) {
            partitions = log.partitions(TOPIC);
        }
        return partitions;
    }
}
