package io.headwater.command.lead;

import io.headwater.events.Pii;
import io.headwater.events.lead.Consent;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.schema.PersonalFields;
import io.headwater.schema.ToldFields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// What an edit changes of a submission, by Avro field name. What is personal is as it was sealed.
///
/// @param before a field that was absent is missing; so is one of `after` that is absent now
/// @param consents that are told now; empty: as before
record SubmissionChanges(Map<String, Pii> before, Map<String, Pii> after, List<Consent> consents) {

    private static final String CONSENTS = "consents";

    /// What proves a consent. It is told once: with the submission, or when its provider is asked
    /// or its body read again and nothing was told before.
    private static final Set<String> PROOF = Set.of(CONSENTS, "trusted_form_url", "leadid_token");

    /// What a submission is, and how it came; no edit changes that.
    private static final Set<String> FIXED =
            Set.of(
                    "submission_id",
                    "site_id",
                    "receipt_id",
                    "channel",
                    "source_id",
                    "provider",
                    "integration_id",
                    "form_id",
                    "dedup_key",
                    "dedup_kind",
                    "duplicate_window_seconds",
                    "body_hash",
                    "received_at",
                    "released",
                    "imported");

    /// @return the edited one: everything of it but what is fixed
    static Submission merged(Submission known, Submission edited) {
        var merged = Submission.newBuilder(edited).build();
        for (Schema.Field field : merged.getSchema().getFields()) {
            if (FIXED.contains(field.name())) {
                merged.put(field.pos(), known.get(field.pos()));
            }
        }
        // without one the edit is about the fields alone; with one it was fetched again
        if (edited.getPayload() == null) {
            merged.put(merged.getSchema().getField("payload").pos(), known.getPayload());
        }
        if (hasProof(known)) {
            for (String name : PROOF) {
                int position = merged.getSchema().getField(name).pos();
                merged.put(position, known.get(position));
            }
        }
        return merged;
    }

    /// @param names opens what has to be compared; what was erased is as if it was absent
    static SubmissionChanges between(Submission known, Submission edited, Namer names) {
        var before = new TreeMap<String, Pii>();
        var after = new TreeMap<String, Pii>();
        for (Schema.Field field : known.getSchema().getFields()) {
            Object old = known.get(field.pos());
            Object now = edited.get(field.pos());
            if (Objects.equals(old, now) || field.name().equals(CONSENTS)) {
                continue;
            }
            String site = known.getSiteId();
            if (!Objects.equals(text(old, field, site, names), text(now, field, site, names))) {
                put(before, field.name(), old);
                put(after, field.name(), now);
            }
        }
        return new SubmissionChanges(
                before, after, known.getConsents().isEmpty() ? edited.getConsents() : List.of());
    }

    private static boolean hasProof(Submission submission) {
        return !submission.getConsents().isEmpty()
                || submission.getTrustedFormUrl() != null
                || submission.getLeadidToken() != null;
    }

    /// As the event tells it.
    ///
    /// @param names of all fields that changed
    static Submission applied(
            Submission known, Set<String> names, Map<String, Pii> after, List<Consent> consents) {
        var changed = ToldFields.with(known, names, after);
        if (!consents.isEmpty()) {
            changed.put(changed.getSchema().getField(CONSENTS).pos(), consents);
        }
        return changed;
    }

    Set<String> names() {
        var names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        return names;
    }

    boolean isEmpty() {
        return before.isEmpty() && after.isEmpty() && consents.isEmpty();
    }

    private static void put(Map<String, Pii> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value instanceof Pii pii ? pii : PersonalData.of(value.toString()));
        }
    }

    private static @Nullable String text(
            @Nullable Object value, Schema.Field field, String site, Namer names) {
        return switch (value) {
            case null -> null;
            case Pii pii ->
                    names.open(
                            pii,
                            site,
                            Objects.requireNonNull(PersonalFields.kindInSubmission(field.name())));
            default -> value.toString();
        };
    }
}
