package io.headwater.command.intake.webhook;

import io.headwater.command.intake.Facts;
import io.headwater.command.intake.Intake;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.RequestAudit;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.SourceReader;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.events.lead.Submission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Keeps what a delivery said: secrets out, items judged, everything appended at once.
@Component
final class Keeper {

    private final SourceReader reader;
    private final SourceLimits limits;
    private final Facts facts;
    private final Intake intake;
    private final RequestAudit audit;

    Keeper(
            SourceReader reader,
            SourceLimits limits,
            Facts facts,
            Intake intake,
            RequestAudit audit) {
        this.reader = reader;
        this.limits = limits;
        this.facts = facts;
        this.intake = intake;
        this.audit = audit;
    }

    /// Returns once it is committed.
    ///
    /// @param tooMany why all of it is put aside; null: it is not
    /// @throws io.headwater.command.platform.web.ProblemException 503 when that was not confirmed
    void keep(
            HttpServletRequest request,
            Receipt receipt,
            SourceConfig source,
            Delivery delivery,
            Redaction redaction,
            Normalised normalised,
            SubmissionItem.@Nullable Flaw tooMany) {
        var judged = new ArrayList<Submission>();
        var thin = new ArrayList<Submission>();
        for (var told : normalised.submissions()) {
            var item = within(told, source, tooMany);
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
        var factsTold =
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
                factsTold,
                List.of(),
                thin);
    }

    /// Tests and what is put aside for another reason count for no limit, nor does what has to be
    /// fetched first: it is one delivery, and judged later.
    private SubmissionItem within(
            SubmissionItem item, SourceConfig source, SubmissionItem.@Nullable Flaw tooMany) {
        if (item.flaw() != null || item.thin() || item.fields().flag(LeadField.TEST)) {
            return item;
        }
        return item.flawed(tooMany == null ? limits.ofSubmission(source) : tooMany);
    }

    /// Of the whole delivery; each of several items has its own then.
    private static @Nullable String idempotencyKey(Delivery delivery, int item, int items) {
        String key = delivery.header("Idempotency-Key");
        if (key == null || key.isBlank()) {
            return null;
        }
        return items == 1 ? key.strip() : key.strip() + "#" + item;
    }
}
