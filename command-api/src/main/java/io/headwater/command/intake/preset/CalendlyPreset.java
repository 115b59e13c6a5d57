package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Calendly appointments, as facts about a person. A reschedule is two events: a cancellation, and
/// a booking whose `previous_ref` names the invitee that it replaces.
///
/// source: Calendly, "Webhook payload"
@Component
final class CalendlyPreset implements ProviderPreset {

    @Override
    public String name() {
        return "calendly";
    }

    @Override
    public List<String> schemes() {
        return List.of("calendly");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        String event = String.valueOf(Paths.text(payload, "event"));
        String kind = kind(event);
        if (kind == null) {
            return Normalised.ignored("event_type");
        }
        JsonNode invitee = payload.path("payload");
        String uri = Paths.text(invitee, "uri");
        if (uri == null) {
            throw new UnreadableBodyException("payload.uri is missing");
        }
        return Normalised.fact(
                new FactItem(
                        event + ":" + uri + occurrence(event, payload),
                        kind,
                        uri,
                        Paths.text(invitee, "email"),
                        Paths.text(invitee, "text_reminder_number"),
                        name(invitee),
                        LeadRefs.in(invitee, "tracking.salesforce_uuid", "tracking.utm_content"),
                        null,
                        null,
                        Timestamps.parse(Paths.text(invitee, "scheduled_event.start_time")),
                        event.equals("invitee.created") ? Paths.text(invitee, "old_invitee") : null,
                        false,
                        Timestamps.parse(Paths.text(payload, "created_at")),
                        payload));
    }

    private static @Nullable String kind(String event) {
        return switch (event) {
            case "invitee.created" -> "appointment_booked";
            case "invitee.canceled" -> "appointment_canceled";
            case "invitee_no_show.created" -> "appointment_no_show";
            case "invitee_no_show.deleted" -> "appointment_no_show_withdrawn";
            default -> null;
        };
    }

    /// An invitee is booked and canceled once, but may be marked and unmarked as a no-show often.
    private static String occurrence(String event, JsonNode payload) {
        if (!event.startsWith("invitee_no_show")) {
            return "";
        }
        String mark = Paths.text(payload, "payload.no_show.uri");
        return "#" + (mark != null ? mark : Paths.text(payload, "created_at"));
    }

    private static @Nullable String name(JsonNode invitee) {
        String name = Paths.text(invitee, "name");
        if (name != null) {
            return name;
        }
        String first = Paths.text(invitee, "first_name");
        String last = Paths.text(invitee, "last_name");
        return first == null ? last : last == null ? first : first + " " + last;
    }
}
