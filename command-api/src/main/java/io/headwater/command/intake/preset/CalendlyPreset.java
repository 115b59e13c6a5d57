package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
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

/// Calendly appointments, as facts about a person, and routing forms, as submissions.
///
/// A reschedule comes as two events in any order: a cancellation marked `rescheduled`, which is
/// none and is dropped, and a booking that names the invitee that it replaces (`old_invitee`),
/// which tells both. So a chain of reschedules counts as one appointment.
///
/// source: developer.calendly.com, "Webhook payload" and "Routing form submission"
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
        JsonNode told = payload.path("payload");
        return switch (String.valueOf(Paths.text(payload, "event"))) {
            case "invitee.created" ->
                    appointment(
                            Paths.first(told, "old_invitee") == null
                                    ? "appointment_booked"
                                    : "appointment_rescheduled",
                            payload);
            case "invitee.canceled" ->
                    Paths.isTrue(told, "rescheduled")
                            ? Normalised.ignored("rescheduled")
                            : appointment("appointment_canceled", payload);
            case "invitee_no_show.created" -> appointment("appointment_no_show", payload);
            case "invitee_no_show.deleted" -> appointment("appointment_no_show_withdrawn", payload);
            case "routing_form_submission.created" -> routingForm(payload, told, source);
            default -> Normalised.ignored("event_type");
        };
    }

    private static Normalised appointment(String kind, JsonNode payload) {
        JsonNode invitee = payload.path("payload");
        String event = String.valueOf(Paths.text(payload, "event"));
        String uri = uri(invitee);
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
                        event.equals("invitee.created")
                                ? Paths.first(invitee, "old_invitee")
                                : null,
                        false,
                        Timestamps.parse(Paths.text(payload, "created_at")),
                        payload));
    }

    private static String uri(JsonNode told) {
        String uri = Paths.text(told, "uri");
        if (uri == null) {
            throw new UnreadableBodyException("payload.uri is missing");
        }
        return uri;
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
        String name = Paths.first(invitee, "name");
        if (name != null) {
            return name;
        }
        String first = Paths.first(invitee, "first_name");
        String last = Paths.first(invitee, "last_name");
        return first == null ? last : last == null ? first : first + " " + last;
    }

    private static Normalised routingForm(JsonNode payload, JsonNode told, SourceConfig source) {
        String uri = uri(told);
        var fields = LeadFields.ofMembers(told.path("tracking"));
        fields.put(
                LeadField.SUBMITTED_AT, Paths.first(payload, "payload.created_at", "created_at"));
        var answered = new Answered(fields);
        for (JsonNode pair : told.path("questions_and_answers")) {
            answered.add(Paths.text(pair, "question"), Paths.text(pair, "answer"));
        }
        return Submitted.through(
                "Calendly", fields, uri, answered.besides(payload), payload, source);
    }
}
