package io.headwater.command.intake.hydration;

import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.SubmissionFields;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Notification;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.SourceReader;
import io.headwater.command.intake.provider.ThinPreset;
import io.headwater.command.intake.provider.ThinPreset.Fetcher.FetchException;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.schema.PersonalFields;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Asks a provider once for a lead that it named.
@Component
public final class Hydrator {

    private final Presets presets;
    private final SourceReader reader;
    private final ProviderClient client;
    private final MeterRegistry meters;
    private final int perSource;
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

    Hydrator(
            Presets presets,
            SourceReader reader,
            ProviderClient client,
            MeterRegistry meters,
            HydrationSettings settings) {
        this.presets = presets;
        this.reader = reader;
        this.client = client;
        this.meters = meters;
        this.perSource = settings.perSource();
    }

    /// Blocks, at most for a few times the timeout.
    ///
    /// @param thin its ids and times are final
    /// @param source null: it was removed
    /// @return the same submission with what the provider told, judged
    /// @throws FetchException when it does not tell, now or ever
    public Submission hydrated(Submission thin, @Nullable SourceConfig source)
            throws InterruptedException {
        var preset = source == null ? null : presets.named(source.provider()).orElse(null);
        if (source == null || !(preset instanceof ThinPreset asked)) {
            throw new FetchException(FetchException.Kind.GONE, "its source was removed", 0);
        }
        var notification = named(thin);
        var permit = permits.computeIfAbsent(source.sourceId(), _ -> new Semaphore(perSource));
        permit.acquire();
        try {
            JsonNode told = asked.fetch(notification, client.of(asked, source), source);
            count(asked, "hydrated");
            return judged(thin, asked, source, notification.hydratedWith(told));
        } catch (FetchException failure) {
            count(asked, failure.kind().name().toLowerCase(Locale.ROOT));
            throw failure;
        } finally {
            permit.release();
        }
    }

    /// What names nobody that can be asked for is quarantined like what is gone, not asked for
    /// ever.
    private static Notification named(Submission thin) {
        String payload = PersonalData.open(thin.getPayload());
        try {
            if (payload != null) {
                return Notification.in(Json.read(payload));
            }
        } catch (UnreadableBodyException _) {
            // told below, as when there is none
        }
        throw new FetchException(FetchException.Kind.GONE, "what named it cannot be read", 0);
    }

    private Submission judged(
            Submission thin, ThinPreset preset, SourceConfig source, Notification whole) {
        var payload = new Redaction(source.allSecrets()).of(whole.payload());
        var delivery = Delivery.kept(payload, thin.getReceivedAt());
        var told = Elements.guarded(payload, () -> preset.normalise(payload, delivery, source));
        var item =
                told.submissions().size() == 1 && told.facts().isEmpty()
                        ? told.submissions().getFirst()
                        : Elements.unexpected(payload, "the answer is no single lead")
                                .submissions()
                                .getFirst();
        var judged =
                Submission.newBuilder(
                        reader.judge(
                                item,
                                source,
                                SubmissionFields.receipt(thin),
                                thin.getSubmissionId(),
                                null));
        if (!judged.getTest()) {
            // what tells repeats was fixed when it was named
            judged.setDedupKey(thin.getDedupKey())
                    .setDedupKind(thin.getDedupKind())
                    .setDuplicateWindowSeconds(thin.getDuplicateWindowSeconds());
        }
        if (judged.getProblem() == null && thin.getProblem() != null) {
            judged.setProblem(thin.getProblem()).setProblemDetail(thin.getProblemDetail());
        }
        return PersonalFields.with(judged.build(), thin);
    }

    private void count(ThinPreset preset, String outcome) {
        meters.counter("intake.hydrations.asked", "provider", preset.name(), "outcome", outcome)
                .increment();
    }
}
