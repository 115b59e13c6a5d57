package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Mailchimp audience webhooks: a form with bracketed names. Who subscribes is a submission; who
/// unsubscribes, or whose address is cleaned after bounces, is a fact. There is neither a signature
/// nor an id of the event: the URL is the secret, and the URL is first asked by GET.
///
/// source: mailchimp.com/developer, "Sync Audience Data with Webhooks"
@Component
final class MailchimpPreset implements ProviderPreset {

    private static final Pattern MERGE = Pattern.compile("[A-Z0-9_]{1,50}");

    @Override
    public String name() {
        return "mailchimp";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return EnumSet.of(Body.Kind.FORM);
    }

    @Override
    public List<String> schemes() {
        return List.of("secret-url", "api-key-query");
    }

    /// Saving the webhook asks the URL by GET, and a failure refuses it.
    @Override
    public @Nullable Answer handshake(Delivery delivery, SourceConfig source) {
        return delivery.method().equals("GET") ? Answer.EMPTY_OBJECT : null;
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        return switch (String.valueOf(Paths.text(payload, "type"))) {
            case "subscribe" -> subscribed(payload, source);
            case "unsubscribe", "cleaned" ->
                    Unsubscribed.fact(
                            event(payload),
                            data(payload, "list_id"),
                            data(payload, "email"),
                            null,
                            null,
                            Timestamps.parse(Paths.text(payload, "fired_at")),
                            payload);
            default -> Normalised.ignored("event_type");
        };
    }

    private static Normalised subscribed(JsonNode payload, SourceConfig source) {
        var fields = new LeadFields();
        fields.put(LeadField.EMAIL, data(payload, "email"));
        fields.put(LeadField.EXTERNAL_ID, data(payload, "id"));
        payload.path("data")
                .path("merges")
                .properties()
                .forEach(merge -> {
                    if (MERGE.matcher(merge.getKey()).matches()) {
                        Questions.answer(fields, merge.getKey(), Json.text(merge.getValue()));
                    }
                });
        fields.putIfAbsent(LeadField.USER_IP, data(payload, "ip_signup"));
        fields.putIfAbsent(LeadField.USER_IP, data(payload, "ip_opt"));
        fields.put(LeadField.SUBMITTED_AT, Paths.text(payload, "fired_at"));
        return Submitted.through("Mailchimp", fields, event(payload), payload, source);
    }

    /// A member may join and leave a list often, but not twice in a second.
    private static @Nullable String event(JsonNode payload) {
        String member = data(payload, "id");
        String person = member != null ? member : data(payload, "email");
        return person == null
                ? null
                : String.join(
                        ":",
                        Paths.text(payload, "type"),
                        String.valueOf(data(payload, "list_id")),
                        person,
                        String.valueOf(Paths.text(payload, "fired_at")));
    }

    private static @Nullable String data(JsonNode payload, String name) {
        return Paths.text(payload, "data." + name);
    }
}
