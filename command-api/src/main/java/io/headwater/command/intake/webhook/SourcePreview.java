package io.headwater.command.intake.webhook;

import io.headwater.command.intake.Facts;
import io.headwater.command.intake.Intake;
import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.SubmissionView;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.intake.provider.SourceReader;
import io.headwater.command.intake.provider.ThinPreset;
import io.headwater.command.intake.quarantine.OutcomeView;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.BodyReader;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.PreviewSubmission;
import io.headwater.events.lead.Submission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// A delivery that is not one: read, judged and asked about like any other, and forgotten.
@Component
final class SourcePreview {

    /// The rest of a large batch is only counted.
    private static final int SHOWN = 20;

    /// Before the name of a header that this request could not send as its own.
    private static final String AS_DELIVERED = "x-delivery-";

    /// The administrator's, not the provider's.
    private static final Set<String> OURS = Set.of("x-api-key", "authorization");

    private final Presets presets;
    private final AccessDirectory directory;
    private final SourceReader reader;
    private final Facts facts;
    private final Intake intake;
    private final LeadDecisions decisions;
    private final long maxBody;
    private final Clock clock;

    SourcePreview(
            Presets presets,
            AccessDirectory directory,
            SourceReader reader,
            Facts facts,
            Intake intake,
            LeadDecisions decisions,
            WebSettings web,
            Clock clock) {
        this.presets = presets;
        this.directory = directory;
        this.reader = reader;
        this.facts = facts;
        this.intake = intake;
        this.decisions = decisions;
        this.maxBody = web.maxBody().toBytes();
        this.clock = clock;
    }

    /// @throws Refused when there is no such source
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException when the body cannot
    ///   be read, as it would be answered to the provider
    Map<String, Object> of(String sourceId, HttpServletRequest request) {
        var source =
                directory
                        .source(sourceId)
                        .orElseThrow(() ->
                                new Refused(
                                        Refused.Reason.UNKNOWN,
                                        "unknown-source",
                                        "There is no source with this id."));
        var preset = presets.named(source.provider()).orElseThrow();
        Instant now = clock.instant();
        var delivery = delivery(request, preset, now);
        var payload = delivery.tree();
        var normalised =
                Elements.guarded(payload, () -> preset.normalise(payload, delivery, source));
        var receipt =
                new Receipt(
                        intake.newId(now),
                        source.siteId(),
                        Receipt.WEBHOOK,
                        sourceId,
                        source.provider(),
                        null,
                        null,
                        now);
        var redaction =
                Redaction.of(source).with(presets.verifier(preset, source).presentedKey(delivery));
        var told = new LinkedHashMap<String, Object>();
        told.put("source_id", sourceId);
        told.put("provider", source.provider());
        told.put("mapping_version", source.mappingVersion());
        told.put("signature", signature(preset, delivery, source));
        told.put("submissions_total", normalised.submissions().size());
        told.put("submissions", submissions(normalised.submissions(), source, receipt, redaction));
        told.put(
                "facts",
                normalised.facts().stream()
                        .limit(SHOWN)
                        .map(fact -> facts.of(fact.without(redaction), receipt))
                        .map(fact -> Map.of("fact_id", fact.getFactId(), "kind", fact.getKind()))
                        .toList());
        told.put("ignored", normalised.ignored());
        return told;
    }

    private Delivery delivery(HttpServletRequest request, ProviderPreset preset, Instant now) {
        byte[] bytes = BodyReader.read(request, maxBody);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OURS.contains(lower)) {
                headers.putIfAbsent(name, request.getHeader(name));
            }
            if (lower.startsWith(AS_DELIVERED)) {
                headers.put(name.substring(AS_DELIVERED.length()), request.getHeader(name));
            }
        }
        return new Delivery(
                request.getMethod(),
                () -> request.getRequestURL().toString(),
                request.getQueryString(),
                Delivery.Headers.of(headers),
                bytes,
                preset.accepts(),
                now);
    }

    /// Not required here: who asks may not have the secret.
    private Map<String, Object> signature(
            ProviderPreset preset, Delivery delivery, SourceConfig source) {
        String scheme = presets.scheme(preset, source);
        var reason = presets.verifier(preset, source).check(delivery);
        return reason == null
                ? Map.of("scheme", scheme, "valid", true)
                : Map.of("scheme", scheme, "valid", false, "reason", reason.code());
    }

    private List<Map<String, Object>> submissions(
            List<SubmissionItem> items, SourceConfig source, Receipt receipt, Redaction redaction) {
        var asked =
                items.stream()
                        .limit(SHOWN)
                        .map(item -> item.without(redaction))
                        .map(item -> ask(item, source, receipt))
                        .toList();
        var views = new ArrayList<Map<String, Object>>();
        for (Asked one : asked) {
            var view = view(one, source);
            view.put("fields", SubmissionView.of(one.submission()));
            views.add(view);
        }
        return views;
    }

    /// @param decision null: only what the provider is asked for can be decided about
    private record Asked(
            Submission submission, @Nullable CompletableFuture<CommandResult> decision) {}

    private Asked ask(SubmissionItem item, SourceConfig source, Receipt receipt) {
        var submission =
                reader.judge(item, source, receipt, intake.newId(receipt.receivedAt()), null);
        return new Asked(submission, item.thin() ? null : ask(submission));
    }

    private static Map<String, Object> view(Asked one, SourceConfig source) {
        var decision = one.decision();
        if (decision == null) {
            var view = new LinkedHashMap<String, Object>();
            view.put("outcome", "to_be_fetched");
            view.put(
                    "detail",
                    source.secretOptions().containsKey(ThinPreset.ACCESS_TOKEN)
                            ? "The delivery only names the lead: it would be fetched from the"
                                    + " provider and judged then."
                            : "The delivery only names the lead, and the source has no access token"
                                    + " to fetch it with.");
            return view;
        }
        var view = OutcomeView.of(LeadDecisions.word(decision));
        view.remove("submission_id");
        if (Objects.equals(view.get("new_lead"), true)) {
            view.remove("lead_id");
        }
        return view;
    }

    private CompletableFuture<CommandResult> ask(Submission submission) {
        String commandId = decisions.newId();
        return decisions.ask(
                submission.getSiteId(),
                commandId,
                PreviewSubmission.newBuilder()
                        .setCommandId(commandId)
                        .setSubmission(submission)
                        .build());
    }
}
