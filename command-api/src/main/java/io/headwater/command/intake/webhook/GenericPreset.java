package io.headwater.command.intake.webhook;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Any provider that posts JSON or a form: signed by Standard Webhooks when the source's secret
/// says so, else with the secret as its API key. Fields by the source's mapping; without one, the
/// names of lead capture at the top level; the source's name is the lead's source where the body
/// names none. An array is one submission per element.
@Component
final class GenericPreset implements ProviderPreset {

    static final String STANDARD_SECRET = "whsec_";

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public Signature.@Nullable Reason authenticate(Delivery delivery, SourceConfig source) {
        var signing =
                source.secrets().stream()
                        .filter(secret -> secret.startsWith(STANDARD_SECRET))
                        .toList();
        var keys =
                source.secrets().stream()
                        .filter(secret -> !secret.startsWith(STANDARD_SECRET))
                        .toList();
        boolean signed = delivery.header("webhook-signature") != null || keys.isEmpty();
        return signed && !signing.isEmpty()
                ? Signature.STANDARD.check(
                        delivery.headers(), delivery.bytes(), signing, delivery.receivedAt())
                : Keys.check(
                        ApiKeys.presented(
                                delivery.header("X-API-Key"), delivery.header("Authorization")),
                        keys);
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        var mapping = new FieldMapping(source.mapping());
        JsonNode several = payload.isArray() ? payload : mapping.items(payload);
        String messageId = delivery.header("webhook-id");
        if (!several.isArray()) {
            return Normalised.submission(item(payload, mapping, source, messageId));
        }
        var items = new ArrayList<SubmissionItem>();
        for (JsonNode element : several) {
            items.add(
                    item(
                            element,
                            mapping,
                            source,
                            messageId == null ? null : messageId + "#" + items.size()));
        }
        if (items.isEmpty()) {
            throw new UnreadableBodyException("the body holds no submission");
        }
        return new Normalised(items, List.of(), null);
    }

    private static SubmissionItem item(
            JsonNode item, FieldMapping mapping, SourceConfig source, @Nullable String messageId) {
        Paths.requireObject(item);
        var fields = mapping.isEmpty() ? LeadFields.ofMembers(item) : new LeadFields();
        mapping.applyTo(fields, item);
        fields.putIfAbsent(LeadField.LEAD_SOURCE, source.name());
        String id = messageId != null ? messageId : fields.get(LeadField.EXTERNAL_ID);
        return new SubmissionItem(fields, id, item);
    }
}
