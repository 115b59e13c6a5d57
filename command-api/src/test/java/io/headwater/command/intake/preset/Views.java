package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.ToldConsent;
import io.headwater.command.intake.provider.Normalised;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a preset said, as an expectation file writes it: what is absent is not written.
final class Views {

    private Views() {}

    static JsonNode of(Normalised normalised) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        ArrayNode submissions = view.putArray("submissions");
        normalised.submissions().forEach(item -> submissions.add(of(item)));
        ArrayNode facts = view.putArray("facts");
        normalised.facts().forEach(item -> facts.add(of(item)));
        ArrayNode ignored = view.putArray("ignored");
        normalised.ignored().forEach(ignored::add);
        view.properties().removeIf(member -> member.getValue().isEmpty());
        return view;
    }

    private static ObjectNode of(SubmissionItem item) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        ObjectNode fields = view.putObject("fields");
        for (LeadField field : LeadField.values()) {
            put(fields, field.name().toLowerCase(Locale.ROOT), item.fields().get(field));
        }
        item.fields().consents().forEach(consent -> view.withArray("consents").add(of(consent)));
        put(view, "provider_id", item.providerId());
        var flaw = item.flaw();
        put(view, "problem", flaw == null ? null : flaw.code());
        if (item.thin()) {
            view.put("thin", true);
        }
        return view;
    }

    private static ObjectNode of(ToldConsent consent) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        put(view, "name", consent.name());
        put(view, "text", consent.text());
        put(view, "granted", consent.granted());
        return view;
    }

    private static ObjectNode of(FactItem item) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        put(view, "fact_id", item.factId());
        put(view, "kind", item.kind());
        put(view, "external_ref", item.externalRef());
        put(view, "previous_ref", item.previousRef());
        put(view, "lead_ref", item.leadRef());
        put(view, "email", item.email());
        put(view, "phone", item.phone());
        put(view, "full_name", item.fullName());
        if (item.amountMinor() != null) {
            view.put("amount_minor", item.amountMinor());
        }
        put(view, "currency", item.currency());
        put(view, "starts_at", item.startsAt());
        put(view, "occurred_at", item.occurredAt());
        if (item.test()) {
            view.put("test", true);
        }
        return view;
    }

    private static void put(ObjectNode view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value.toString());
        }
    }
}
