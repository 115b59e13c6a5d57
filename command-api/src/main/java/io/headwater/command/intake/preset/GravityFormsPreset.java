package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Gravity Forms entries, by its Webhooks add-on, as JSON or a form. Answers stand under the
/// numbers of their fields, parts of a name or an address under `1.3`, `1.6`: what a number means
/// is told by `fields` or `form.fields` where they are sent along, else by a mapping (`email`:
/// `["2"]`), else guessed: parts of a name, and what is an e-mail address. A feed with chosen
/// fields has the owner's own names.
///
/// source: docs.gravityforms.com, "Entry Object", "Name", "Address", "Webhooks Feed Meta"
@Component
final class GravityFormsPreset implements ProviderPreset {

    /// `2`, `1.3`; over REST `input_1_3`.
    private static final Pattern NUMBERED =
            Pattern.compile("(?:input_)?([0-9]{1,6})(?:[._]([0-9]{1,6}))?");

    private static final Pattern ADDRESS =
            Pattern.compile("[^@\\s]++@[^@\\s.]++(?:\\.[^@\\s.]++)++");

    @Override
    public String name() {
        return "gravity-forms";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public List<String> schemes() {
        return List.of("api-key", "api-key-query", "secret-url");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        var fields = new LeadFields();
        payload.properties()
                .forEach(member -> read(fields, member.getKey(), member.getValue(), payload));
        Questions.answers(fields, payload);
        fields.putIfAbsent(LeadField.USER_IP, payload.path("ip"));
        fields.putIfAbsent(LeadField.SUBMITTED_AT, payload.path("date_created"));
        fields.putIfAbsent(
                LeadField.PROJECT_NAME, Paths.first(payload, "form_title", "form.title"));
        Links.page(fields, Paths.text(payload, "source_url"));
        String form = Paths.text(payload, "form_id");
        String entry = Paths.first(payload, "id", "entry_id");
        return Submitted.through(
                "Gravity Forms",
                fields,
                entry == null || form == null ? entry : form + ":" + entry,
                payload,
                source);
    }

    private static void read(LeadFields fields, String member, JsonNode value, JsonNode payload) {
        var numbered = NUMBERED.matcher(member);
        String answer = Json.text(value);
        if (!numbered.matches() || answer == null) {
            return;
        }
        String number = numbered.group(1);
        JsonNode described = described(payload, number);
        String type = Paths.text(described, "type");
        if (numbered.group(2) != null) {
            boolean address =
                    type == null
                            ? payload.has(number + ".1") || payload.has(number + ".5")
                            : type.equals("address");
            LeadField part = part(address, numbered.group(2));
            if (part != null) {
                fields.putIfAbsent(part, answer);
            }
        } else if ("email".equals(type) || (type == null && ADDRESS.matcher(answer).matches())) {
            fields.putIfAbsent(LeadField.EMAIL, answer);
        } else if ("phone".equals(type)) {
            fields.putIfAbsent(LeadField.PHONE, answer);
        } else {
            Questions.answer(fields, Paths.text(described, "label"), answer);
        }
    }

    /// @return the field's description, or a missing node
    private static JsonNode described(JsonNode payload, String number) {
        for (JsonNode list : List.of(payload.path("form").path("fields"), payload.path("fields"))) {
            for (JsonNode field : list) {
                if (number.equals(Paths.text(field, "id"))) {
                    return field;
                }
            }
        }
        return payload.path("fields").path(number);
    }

    private static @Nullable LeadField part(boolean address, String part) {
        return switch (part) {
            case "3" -> address ? LeadField.CITY : LeadField.FIRST_NAME;
            case "4" -> address ? LeadField.REGION : null;
            case "6" -> address ? LeadField.COUNTRY : LeadField.LAST_NAME;
            default -> null;
        };
    }
}
