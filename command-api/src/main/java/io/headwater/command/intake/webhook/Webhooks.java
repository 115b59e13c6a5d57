package io.headwater.command.intake.webhook;

import io.headwater.command.intake.Facts;
import io.headwater.command.intake.Intake;
import io.headwater.command.intake.IntakeSettings;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.RequestAudit;
import io.headwater.command.intake.UnusableBodies;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.intake.provider.SourceReader;
import io.headwater.command.intake.signature.Schemes;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.BodyReader;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import io.headwater.events.lead.Submission;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes one delivery: find its source, prove it authentic, read it, keep it. What is authentic is
/// kept even when it cannot be used.
@Component
final class Webhooks {

    /// What every provider is content with.
    private static final String ANSWER = "{}";

    private final Presets presets;
    private final AccessDirectory directory;
    private final SourceReader reader;
    private final Facts facts;
    private final Intake intake;
    private final RequestAudit audit;
    private final UnusableBodies unusables;
    private final MeterRegistry meters;
    private final int maxItems;
    private final long maxBody;
    private final Clock clock;

    Webhooks(
            Presets presets,
            AccessDirectory directory,
            SourceReader reader,
            Facts facts,
            Intake intake,
            RequestAudit audit,
            UnusableBodies unusables,
            MeterRegistry meters,
            IntakeSettings settings,
            WebSettings web,
            Clock clock) {
        this.presets = presets;
        this.directory = directory;
        this.reader = reader;
        this.facts = facts;
        this.intake = intake;
        this.audit = audit;
        this.unusables = unusables;
        this.meters = meters;
        this.maxItems = settings.maxItems();
        this.maxBody = web.maxBody().toBytes();
        this.clock = clock;
    }

    /// @param outcome accepted or ignored
    /// @param answer JSON
    record Taken(String outcome, String answer) {}

    boolean knows(String provider) {
        return presets.named(provider).isPresent();
    }

    Optional<SourceConfig> source(String provider, String sourceId) {
        return directory.source(sourceId).filter(source -> source.provider().equals(provider));
    }

    String newId(Instant at) {
        return intake.newId(at);
    }

    /// @throws RuntimeException that stands for a problem, see [Problems#of]
    Taken take(String provider, String sourceId, HttpServletRequest request) {
        Problems.requireReady(directory);
        var preset =
                presets.named(provider)
                        .orElseThrow(() -> unknown("There is no provider of this name."));
        var source =
                source(provider, sourceId)
                        .orElseThrow(() -> unknown("The provider has no source of this id."));
        byte[] bytes = BodyReader.read(request, maxBody);
        Instant now = clock.instant();
        var delivery = delivery(request, bytes, preset, now);
        authenticate(preset, delivery, source);
        var receipt =
                new Receipt(
                        intake.newId(now),
                        source.siteId(),
                        Receipt.WEBHOOK,
                        sourceId,
                        provider,
                        null,
                        null,
                        now);
        var redaction = new Redaction(source.allSecrets());
        try {
            var payload = delivery.tree();
            var normalised =
                    Elements.guarded(payload, () -> preset.normalise(payload, delivery, source));
            if (normalised.size() > maxItems) {
                normalised =
                        Elements.unexpected(
                                payload, "more than " + maxItems + " items in one request");
            }
            return append(request, preset, source, delivery, receipt, redaction, normalised);
        } catch (UnreadableBodyException | UnsupportedBodyException unusable) {
            throw unusables.keep(request, receipt, bytes, redaction, unusable);
        }
    }

    private static Delivery delivery(
            HttpServletRequest request, byte[] bytes, ProviderPreset preset, Instant now) {
        var headers =
                new Delivery.Headers() {
                    @Override
                    public @Nullable String first(String name) {
                        return request.getHeader(name);
                    }

                    @Override
                    public Collection<String> names() {
                        return Collections.list(request.getHeaderNames());
                    }
                };
        return new Delivery(
                request.getMethod(),
                () -> request.getRequestURL().toString(),
                request.getQueryString(),
                headers,
                bytes,
                preset.accepts(),
                now);
    }

    private static void authenticate(
            ProviderPreset preset, Delivery delivery, SourceConfig source) {
        var reason = Schemes.check(preset.scheme(source), delivery, source.secrets());
        if (reason != null) {
            throw ProblemType.INVALID_SIGNATURE
                    .with("The proof of origin is not valid: " + reason.code() + ".")
                    .because(reason.code())
                    .asException();
        }
    }

    private Taken append(
            HttpServletRequest request,
            ProviderPreset preset,
            SourceConfig source,
            Delivery delivery,
            Receipt receipt,
            Redaction redaction,
            Normalised normalised) {
        var judged = new ArrayList<Submission>();
        var thin = new ArrayList<Submission>();
        for (var item : normalised.submissions()) {
            String key =
                    idempotencyKey(
                            delivery, judged.size() + thin.size(), normalised.submissions().size());
            (item.thin() ? thin : judged)
                    .add(
                            reader.judge(
                                    item.without(redaction),
                                    source,
                                    receipt,
                                    intake.newId(receipt.receivedAt()),
                                    key));
        }
        var told =
                normalised.facts().stream()
                        .map(item -> facts.of(item.without(redaction), receipt))
                        .toList();
        intake.append(
                audit.received(
                        request,
                        receipt,
                        "accepted",
                        normalised.ignored().isEmpty() ? null : normalised.ignored().getFirst(),
                        200,
                        delivery.bytes().length,
                        redaction.ofBody(delivery.body())),
                receipt,
                judged,
                told,
                List.of(),
                thin);
        for (String reason : normalised.ignored()) {
            meters.counter("intake.events.ignored", "provider", preset.name(), "reason", reason)
                    .increment();
        }
        return new Taken(normalised.size() == 0 ? "ignored" : "accepted", ANSWER);
    }

    /// Of the whole delivery; each of several items has its own then.
    private static @Nullable String idempotencyKey(Delivery delivery, int item, int items) {
        String key = delivery.header("Idempotency-Key");
        if (key == null || key.isBlank()) {
            return null;
        }
        return items == 1 ? key.strip() : key.strip() + "#" + item;
    }

    private static ProblemException unknown(String detail) {
        return ProblemType.UNKNOWN_SOURCE.with(detail).asException();
    }
}
