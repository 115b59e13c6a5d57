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
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Jotform submissions: a form whose field `rawRequest` holds the answers as JSON, each under
/// `q<number>_<name of the question>`; names, phone numbers and addresses come in parts. Of files
/// the links stay in the payload. Nothing is signed: the URL is the secret.
///
/// source: Jotform, "How to Set Up a Webhook With Jotform"; payloads as captured by its users
@Component
final class JotformPreset implements ProviderPreset {

    private static final String ANSWERS = "rawRequest";
    private static final Pattern QUESTION = Pattern.compile("q[0-9]{1,6}_(.+)");

    @Override
    public String name() {
        return "jotform";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return EnumSet.of(Body.Kind.MULTIPART, Body.Kind.FORM);
    }

    @Override
    public List<String> schemes() {
        return List.of("secret-url", "api-key-query");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        JsonNode body = Embedded.opened(payload, ANSWERS);
        JsonNode answers = body.path(ANSWERS);
        if (!answers.isObject()) {
            throw new UnreadableBodyException("rawRequest must be an object in JSON");
        }
        var fields = new LeadFields();
        answers.properties().forEach(answer -> read(fields, answer.getKey(), answer.getValue()));
        String id = Paths.text(body, "submissionID");
        fields.putIfAbsent(LeadField.USER_IP, body.path("ip"));
        fields.putIfAbsent(LeadField.PROJECT_NAME, body.path("formTitle"));
        fields.putIfAbsent(LeadField.TIME_TO_SUBMIT, answers.path("timeToSubmit"));
        return Submitted.through("Jotform", fields, id, body, source);
    }

    private static void read(LeadFields fields, String member, JsonNode value) {
        var question = QUESTION.matcher(member);
        if (!question.matches()) {
            return;
        }
        if (!value.isObject()) {
            Questions.answer(fields, question.group(1), Json.text(value));
        } else if (value.has("first") || value.has("last")) {
            fields.putIfAbsent(LeadField.FIRST_NAME, value.path("first"));
            fields.putIfAbsent(LeadField.LAST_NAME, value.path("last"));
        } else if (value.has("phone") || value.has("full")) {
            fields.putIfAbsent(LeadField.PHONE, phone(value));
        } else if (value.has("city")) {
            fields.putIfAbsent(LeadField.CITY, value.path("city"));
            fields.putIfAbsent(LeadField.REGION, value.path("state"));
            fields.putIfAbsent(LeadField.COUNTRY, value.path("country"));
        }
    }

    /// Whole, or in parts: `{country, area, phone}`.
    private static @Nullable String phone(JsonNode value) {
        String whole = Json.text(value.path("full"));
        if (whole != null && !whole.isBlank()) {
            return whole;
        }
        String number = Json.text(value.path("phone"));
        if (number == null || number.isBlank()) {
            return null;
        }
        String country = part(value, "country");
        return (country.isEmpty() || country.startsWith("+") ? country : "+" + country)
                + part(value, "area")
                + number;
    }

    private static String part(JsonNode value, String name) {
        String text = Json.text(value.path(name));
        return text == null || text.isBlank() ? "" : text.strip() + " ";
    }
}
