package io.headwater.command.intake;

import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import io.headwater.web.ClientAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is kept about requests themselves. Authentic ones travel with their submissions; refused
/// ones are metadata only, and only so many per second: nobody fills our disks with wrong keys.
@Component
public final class RequestAudit {

    /// The only headers kept: none of them holds a credential, an address or a person.
    public static final SortedSet<String> KEPT_HEADERS = keptHeaders();

    private final FactLog log;
    private final ClientAddress addresses;
    private final int perSecond;
    private final Counter lost;
    private final Counter skipped;

    /// Second of the epoch in the upper 44 bits, audits of that second in the lower 20.
    private final AtomicLong budget = new AtomicLong();

    RequestAudit(
            FactLog log, ClientAddress addresses, IntakeSettings settings, MeterRegistry meters) {
        this.log = log;
        this.addresses = addresses;
        this.perSecond = settings.auditsPerSecond();
        this.lost = meters.counter("intake.audits.lost");
        this.skipped = meters.counter("intake.audits.skipped");
    }

    private static SortedSet<String> keptHeaders() {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(
                List.of(
                        "content-type",
                        "content-length",
                        "origin",
                        "webhook-id",
                        "webhook-timestamp",
                        "traceparent",
                        "x-request-id",
                        "idempotency-key"));
        return Collections.unmodifiableSortedSet(names);
    }

    /// @param outcome as in `WebhookReceived.avsc`
    /// @param status to be answered; null while that waits for the decision
    /// @param body as sent without secrets, or null when it is not authentic
    public WebhookReceived.Builder received(
            HttpServletRequest request,
            Receipt receipt,
            String outcome,
            @Nullable String reason,
            @Nullable Integer status,
            long bodyBytes,
            @Nullable String body) {
        return record(
                        request,
                        receipt.receiptId(),
                        receipt.channel(),
                        receipt.receivedAt(),
                        outcome,
                        reason,
                        status,
                        bodyBytes)
                .setSiteId(receipt.siteId())
                .setSourceId(receipt.sourceId())
                .setProvider(receipt.provider())
                .setBody(PersonalData.ofNullable(body));
    }

    /// Keeps the metadata of a request that was turned down; the caller does not wait for it.
    ///
    /// @param siteId null when the source is unknown
    public void refused(
            HttpServletRequest request,
            String receiptId,
            String channel,
            @Nullable String siteId,
            @Nullable String provider,
            @Nullable String sourceId,
            Problem problem,
            long bodyBytes,
            Instant at) {
        if (!withinBudget(at.getEpochSecond())) {
            skipped.increment();
            return;
        }
        var audit =
                record(
                                request,
                                receiptId,
                                channel,
                                at,
                                outcome(problem),
                                problem.reason() == null ? problem.slug() : problem.reason(),
                                problem.status(),
                                bodyBytes)
                        .setSiteId(siteId)
                        .setProvider(Text.field(provider, 64))
                        .setSourceId(Text.field(sourceId, 64))
                        .build();
        log.append(
                        new ProducerRecord<>(
                                Topics.INTAKE_WEBHOOKS.name(), siteId == null ? "" : siteId, audit))
                .whenComplete((done, fault) -> {
                    if (fault != null) {
                        lost.increment();
                    }
                });
    }

    private static String outcome(Problem problem) {
        if (problem.slug().equals(ProblemType.BODY_TOO_LARGE.slug())) {
            return "too-large";
        }
        return switch (problem.status()) {
            case 400 -> "unreadable";
            case 405, 415 -> "unsupported";
            default -> "unauthenticated";
        };
    }

    private WebhookReceived.Builder record(
            HttpServletRequest request,
            String receiptId,
            String channel,
            Instant at,
            String outcome,
            @Nullable String reason,
            @Nullable Integer status,
            long bodyBytes) {
        return WebhookReceived.newBuilder()
                .setReceiptId(receiptId)
                .setChannel(channel)
                .setOutcome(outcome)
                .setReason(reason)
                .setStatus(status)
                .setContentType(Text.field(request.getContentType(), 200))
                .setBodyBytes(bodyBytes)
                .setHeaders(headers(request))
                .setRemoteIp(PersonalData.ofNullable(addresses.of(request)))
                .setReceivedAt(at);
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var kept = new TreeMap<String, String>();
        for (String name : KEPT_HEADERS) {
            String value = Text.field(request.getHeader(name), 200);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return kept;
    }

    private boolean withinBudget(long second) {
        long now =
                budget.updateAndGet(seen ->
                        seen >>> 20 == second
                                ? Math.min(seen + 1, (second << 20) | 0xFFFFF)
                                : (second << 20) | 1);
        return (now & 0xFFFFF) <= perSecond;
    }
}
