package io.headwater.command.intake.provider;

import io.headwater.command.intake.Dedup;
import io.headwater.command.intake.IntakeSettings;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.Screening;
import io.headwater.command.intake.SubmissionFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.Submissions;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Json;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.schema.PersonalFields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// From what a source sent to submissions, the first time and again later.
@Component
public final class SourceReader {

    private final Presets presets;
    private final Submissions submissions;
    private final Screening screening;
    private final IntakeSettings settings;

    SourceReader(
            Presets presets,
            Submissions submissions,
            Screening screening,
            IntakeSettings settings) {
        this.presets = presets;
        this.submissions = submissions;
        this.screening = screening;
        this.settings = settings;
    }

    /// @param item without secrets
    /// @param idempotencyKey of the delivery, and of this item of it; null: it has none
    public Submission judge(
            SubmissionItem item,
            SourceConfig source,
            Receipt receipt,
            String submissionId,
            @Nullable String idempotencyKey) {
        String hash = Submissions.hash(item.payload());
        var dedup =
                idempotencyKey != null
                        ? Dedup.idempotencyKey(idempotencyKey, settings.idempotencyWindow())
                        : item.providerId() != null
                                ? Dedup.providerId(item.providerId())
                                : item.payload().isEmpty()
                                        ? Dedup.NONE
                                        : Dedup.bodyHash(hash, source.duplicateWindow());
        return of(item, source, receipt, submissionId, hash, dedup);
    }

    private Submission of(
            SubmissionItem item,
            SourceConfig source,
            Receipt receipt,
            String submissionId,
            String hash,
            Dedup dedup) {
        var judged =
                submissions
                        .judge(item, receipt, Submissions.Client.UNKNOWN, submissionId, hash, dedup)
                        .submission();
        return screening
                .screen(judged, receipt.receivedAt())
                .setMappingVersion(source.mappingVersion() == 0 ? null : source.mappingVersion())
                .setPersonWindowSeconds(source.personWindow().toSeconds())
                .build();
    }

    /// Reads the kept payload of a submission again.
    ///
    /// @param source as it is now, or as it may become
    /// @return without the payload; empty when the provider's preset has nothing to say about it
    ///   any more, or the payload is gone
    public Optional<Submission> again(Submission known, SourceConfig source) {
        String kept = PersonalData.open(known.getPayload());
        var preset = presets.named(source.provider());
        if (kept == null || preset.isEmpty()) {
            return Optional.empty();
        }
        var payload = Json.read(kept);
        var delivery = Delivery.kept(payload, known.getReceivedAt());
        var normalised =
                Elements.guarded(payload, () -> preset.get().normalise(payload, delivery, source));
        if (normalised.submissions().size() != 1) {
            return Optional.empty();
        }
        var again =
                of(
                        normalised.submissions().getFirst(),
                        source,
                        SubmissionFields.receipt(known),
                        known.getSubmissionId(),
                        known.getBodyHash(),
                        Dedup.NONE);
        return Optional.of(
                PersonalFields.with(Submission.newBuilder(again).setPayload(null).build(), known));
    }
}
