package io.headwater.command.intake.webhook;

import io.headwater.command.intake.Facts;
import io.headwater.command.intake.Intake;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.RequestAudit;
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
    private final Facts facts;
    private final Intake intake;
    private final RequestAudit audit;

    Keeper(SourceReader reader, Facts facts, Intake intake, RequestAudit audit) {
        this.reader = reader;
        this.facts = facts;
        this.intake = intake;
        this.audit = audit;
    }

    /// Returns once it is committed.
    ///
    /// @throws io.headwater.command.platform.web.ProblemException 503 when that was not confirmed
    void keep(
            HttpServletRequest request,
            Receipt receipt,
            SourceConfig source,
            Delivery delivery,
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
