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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Unbounce submissions: a form whose field `data.json` holds the answers, each an array; or JSON,
/// or XML, with the answers at the top. Day and 12-hour time stand apart. There is neither a
/// signature nor an id: the URL is the secret, and equal bodies are repeats.
///
/// source: documentation.unbounce.com, "Using a Webhook"
@Component
final class UnbouncePreset implements ProviderPreset {

    private static final String ANSWERS = "data.json";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("h:mm a 'UTC'", Locale.ENGLISH);

    @Override
    public String name() {
        return "unbounce";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public List<String> schemes() {
        return List.of("secret-url", "api-key", "api-key-query");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        JsonNode body = Embedded.opened(payload, ANSWERS);
        JsonNode answers = body.has(ANSWERS) ? body.path(ANSWERS) : body;
        if (!answers.isObject()) {
            throw new UnreadableBodyException("data.json must be an object in JSON");
        }
        var fields = new LeadFields();
        Questions.answers(fields, answers);
        fields.putIfAbsent(LeadField.USER_IP, answers.path("ip_address"));
        fields.put(LeadField.SUBMITTED_AT, submittedAt(answers));
        fields.putIfAbsent(LeadField.PROJECT_NAME, body.path("page_name"));
        fields.putIfAbsent(LeadField.PROJECT_NAME, answers.path("page_name"));
        Links.page(fields, Paths.text(body, "page_url"));
        Links.page(fields, Paths.text(answers, "page_url"));
        return Submitted.through("Unbounce", fields, null, body, source);
    }

    private static @Nullable String submittedAt(JsonNode answers) {
        String day = Json.text(answers.path("date_submitted"));
        String time = Json.text(answers.path("time_submitted"));
        if (day == null || time == null) {
            return null;
        }
        try {
            return LocalDate.parse(day)
                    .atTime(LocalTime.parse(time, TIME))
                    .toInstant(ZoneOffset.UTC)
                    .toString();
        } catch (DateTimeException other) {
            return null;
        }
    }
}
