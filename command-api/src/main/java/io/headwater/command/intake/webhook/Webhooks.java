package io.headwater.command.intake.webhook;

import io.headwater.command.intake.Intake;
import io.headwater.command.intake.IntakeSettings;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.UnusableBodies;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.PublicUrls;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.BodyReader;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Takes one request of a provider: find its source, answer a handshake, prove it authentic, read
/// it, keep it. What is authentic and can be parsed is kept and answered 200, whatever it holds.
@Component
final class Webhooks {

    private final Presets presets;
    private final Proofs proofs;
    private final AccessDirectory directory;
    private final PublicUrls urls;
    private final SourceLimits limits;
    private final Keeper keeper;
    private final Intake intake;
    private final UnusableBodies unusables;
    private final MeterRegistry meters;
    private final int maxItems;
    private final long maxBody;
    private final Clock clock;

    Webhooks(
            Presets presets,
            Proofs proofs,
            AccessDirectory directory,
            PublicUrls urls,
            SourceLimits limits,
            Keeper keeper,
            Intake intake,
            UnusableBodies unusables,
            MeterRegistry meters,
            IntakeSettings settings,
            WebSettings web,
            Clock clock) {
        this.presets = presets;
        this.proofs = proofs;
        this.directory = directory;
        this.urls = urls;
        this.limits = limits;
        this.keeper = keeper;
        this.intake = intake;
        this.unusables = unusables;
        this.meters = meters;
        this.maxItems = settings.maxItems();
        this.maxBody = web.maxBody().toBytes();
        this.clock = clock;
    }

    /// @param outcome accepted, ignored or handshake
    record Taken(String outcome, Answer answer) {}

    boolean knows(String provider) {
        return presets.named(provider).isPresent();
    }

    Optional<SourceConfig> source(String provider, String sourceId) {
        return directory.source(sourceId).filter(source -> source.provider().equals(provider));
    }

    /// @return methods by which the provider delivers, as in the header `Allow`
    String allowed(String provider) {
        return presets.named(provider)
                .filter(preset -> preset.accepts().contains(Body.Kind.QUERY))
                .map(preset -> "GET, POST")
                .orElse("POST");
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
        byte[] bytes = BodyReader.readAny(request, maxBody);
        Instant now = clock.instant();
        var delivery =
                new Delivery(
                        request.getMethod(),
                        () -> urls.of(request),
                        request.getQueryString(),
                        new RequestHeaders(request),
                        bytes,
                        preset.accepts(),
                        now);
        var handshake = preset.handshake(delivery, source);
        if (handshake != null) {
            return new Taken("handshake", handshake);
        }
        requireDelivery(preset, delivery);
        var proof = proofs.of(preset, source);
        authenticate(preset, delivery, proof);
        var tooMany = limits.ofDelivery(preset, source);
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
        var redaction = proof.redaction(delivery);
        Body body;
        try {
            body = delivery.body();
        } catch (UnreadableBodyException | UnsupportedBodyException unusable) {
            throw unusables.keep(request, receipt, bytes, redaction, unusable);
        }
        var normalised = normalised(preset, body.tree(), delivery, source);
        keeper.keep(request, receipt, source, delivery, redaction, normalised, tooMany);
        count(preset, normalised);
        return new Taken(normalised.size() == 0 ? "ignored" : "accepted", preset.answer(delivery));
    }

    private Normalised normalised(
            ProviderPreset preset, JsonNode payload, Delivery delivery, SourceConfig source) {
        var normalised =
                Elements.guarded(payload, () -> preset.normalise(payload, delivery, source));
        return normalised.size() > maxItems
                ? Elements.unexpected(payload, "more than " + maxItems + " items in one request")
                : normalised;
    }

    /// @throws ProblemException 405 for a method that brings none, 400 for nothing at all
    private static void requireDelivery(ProviderPreset preset, Delivery delivery) {
        boolean byQuery = preset.accepts().contains(Body.Kind.QUERY);
        if (!delivery.method().equals("POST") && !(byQuery && delivery.method().equals("GET"))) {
            throw ProblemType.METHOD_NOT_ALLOWED
                    .with("The provider delivers by POST" + (byQuery ? " or GET." : "."))
                    .asException();
        }
        if (delivery.bytes().length == 0 && (!byQuery || delivery.query().isEmpty())) {
            throw ProblemType.EMPTY_BODY.with("A body is needed here.").asException();
        }
    }

    private void authenticate(ProviderPreset preset, Delivery delivery, Proofs.Made proof) {
        var reason = proof.verifier().check(delivery);
        if (reason != null) {
            meters.counter(
                            "intake.signatures.refused",
                            "provider",
                            preset.name(),
                            "reason",
                            reason.code())
                    .increment();
            throw ProblemType.INVALID_SIGNATURE
                    .with("The proof of origin is not valid: " + reason.code() + ".")
                    .because(reason.code())
                    .asException();
        }
    }

    private void count(ProviderPreset preset, Normalised normalised) {
        for (String reason : normalised.ignored()) {
            meters.counter("intake.events.ignored", "provider", preset.name(), "reason", reason)
                    .increment();
        }
    }

    private static ProblemException unknown(String detail) {
        return ProblemType.UNKNOWN_SOURCE.with(detail).asException();
    }
}
