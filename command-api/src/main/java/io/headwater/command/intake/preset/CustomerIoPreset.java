package io.headwater.command.intake.preset;

import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Customer.io reporting webhooks: of everything that happens to messages, only objections and
/// bounces mean something here. They are facts; there are no submissions.
///
/// source: docs.customer.io, "Reporting webhooks"
@Component
final class CustomerIoPreset implements ProviderPreset {

    @Override
    public String name() {
        return "customer-io";
    }

    @Override
    public List<String> schemes() {
        return List.of("customer-io");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        return switch (String.valueOf(Paths.text(payload, "metric"))) {
            case "unsubscribed", "bounced", "spammed" -> unsubscribed(payload);
            default -> Normalised.ignored("event_type");
        };
    }

    /// The recipient is an address, or a phone number where the message was one to a phone.
    private static Normalised unsubscribed(JsonNode payload) {
        JsonNode data = payload.path("data");
        String recipient = Paths.text(data, "recipient");
        boolean mail = recipient != null && recipient.indexOf('@') > 0;
        String email = Paths.first(data, "email_address", "identifiers.email");
        return Unsubscribed.fact(
                Paths.text(payload, "event_id"),
                Paths.first(data, "delivery_id", "customer_id"),
                mail ? recipient : email,
                mail ? null : recipient,
                null,
                Timestamps.parse(Paths.text(payload, "timestamp")),
                payload);
    }
}
