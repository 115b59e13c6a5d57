package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Cal.com appointments, as facts about the first attendee, and answers to its routing forms, as
/// submissions. A reschedule is one event: the new booking's `uid`, and the old one's in
/// `rescheduleUid`. A no-show names attendees, marked or unmarked, a fact each.
///
/// source: cal.com/docs, "Webhooks"; its source, `packages/features/webhooks` (version 2021-10-20)
@Component
final class CalComPreset implements ProviderPreset {

    @Override
    public String name() {
        return "cal-com";
    }

    @Override
    public List<String> schemes() {
        return List.of("cal-com");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        String event = Paths.text(payload, "triggerEvent");
        if (event == null) {
            throw new UnreadableBodyException(
                    "triggerEvent is missing: custom payload templates are not read here");
        }
        return switch (event) {
            case "BOOKING_REQUESTED" -> booking("appointment_requested", payload);
            case "BOOKING_CREATED" -> booking("appointment_booked", payload);
            case "BOOKING_RESCHEDULED" -> booking("appointment_rescheduled", payload);
            case "BOOKING_CANCELLED", "BOOKING_REJECTED" ->
                    booking("appointment_canceled", payload);
            case "MEETING_ENDED" -> booking(ended(payload), payload);
            case "BOOKING_NO_SHOW_UPDATED" -> noShows(payload);
            case "FORM_SUBMITTED", "FORM_SUBMITTED_NO_EVENT" -> answers(payload, source);
            case "PING" -> Normalised.ignored("ping");
            default -> Normalised.ignored("event_type");
        };
    }

    /// The end of a meeting is told by the clock: it took place unless somebody was marked missing.
    private static String ended(JsonNode payload) {
        return Paths.isTrue(meeting(payload), "attendees[0].noShow")
                        || Paths.isTrue(meeting(payload), "noShowHost")
                ? "appointment_no_show"
                : "appointment_shown";
    }

    /// Scheduled triggers had the booking itself as the body, without an envelope.
    private static JsonNode meeting(JsonNode payload) {
        JsonNode inner = payload.path("payload");
        return inner.isObject() ? inner : payload;
    }

    private static Normalised booking(String kind, JsonNode payload) {
        JsonNode booking = meeting(payload);
        String uid = Paths.text(booking, "uid");
        if (uid == null) {
            throw new UnreadableBodyException("payload.uid is missing");
        }
        String event = Paths.text(payload, "triggerEvent");
        String replaced = Paths.text(booking, "rescheduleUid");
        // the time tells two reschedules apart that keep the uid
        String moved =
                kind.equals("appointment_rescheduled")
                        ? "@" + Paths.text(booking, "startTime")
                        : "";
        return Normalised.fact(
                new FactItem(
                        event + ":" + uid + moved,
                        kind,
                        uid,
                        Paths.first(booking, "attendees[0].email", "responses.email.value"),
                        Paths.first(
                                booking,
                                "attendees[0].phoneNumber",
                                "responses.attendeePhoneNumber.value",
                                "responses.smsReminderNumber.value",
                                "smsReminderNumber"),
                        name(booking),
                        LeadRefs.in(booking, "metadata.lead_id", "responses.lead_id.value"),
                        null,
                        null,
                        Timestamps.parse(Paths.text(booking, "startTime")),
                        uid.equals(replaced) || moved.isEmpty() ? null : replaced,
                        false,
                        Timestamps.parse(occurredAt(payload)),
                        payload));
    }

    /// Without an envelope, `createdAt` is the booking's and not the event's.
    private static @Nullable String occurredAt(JsonNode payload) {
        return payload.path("payload").isObject()
                ? Paths.text(payload, "createdAt")
                : Paths.text(payload, "endTime");
    }

    private static @Nullable String name(JsonNode booking) {
        String whole = Paths.first(booking, "attendees[0].name", "responses.name.value");
        if (whole != null) {
            return whole;
        }
        String first = Paths.text(booking, "responses.name.value.firstName");
        String last = Paths.text(booking, "responses.name.value.lastName");
        return first == null ? last : last == null ? first : first + " " + last;
    }

    private static Normalised noShows(JsonNode payload) {
        JsonNode attendees = payload.at("/payload/attendees");
        if (!attendees.isArray() || attendees.isEmpty()) {
            throw new UnreadableBodyException("payload.attendees must be an array");
        }
        var parts = new ArrayList<Normalised>();
        for (JsonNode attendee : attendees) {
            JsonNode body =
                    Paths.with(
                            payload,
                            "payload.attendees",
                            JsonNodeFactory.instance.arrayNode().add(attendee));
            parts.add(Elements.guarded(body, () -> noShow(attendee, body)));
        }
        return Normalised.all(parts);
    }

    private static Normalised noShow(JsonNode attendee, JsonNode payload) {
        String uid = Paths.text(payload, "payload.bookingUid");
        String email = Paths.text(attendee, "email");
        String at = Paths.text(payload, "createdAt");
        if (uid == null || email == null || !attendee.path("noShow").isBoolean()) {
            throw new UnreadableBodyException("bookingUid, email or noShow is missing");
        }
        return Normalised.fact(
                new FactItem(
                        "BOOKING_NO_SHOW_UPDATED:" + uid + "#" + at + "#" + Sha256.hex(email),
                        attendee.path("noShow").booleanValue()
                                ? "appointment_no_show"
                                : "appointment_no_show_withdrawn",
                        uid,
                        email,
                        Paths.text(attendee, "phoneNumber"),
                        Paths.text(attendee, "name"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        Timestamps.parse(at),
                        payload));
    }

    private static Normalised answers(JsonNode payload, SourceConfig source) {
        var fields = new LeadFields();
        payload.path("payload")
                .path("responses")
                .properties()
                .forEach(answer ->
                        Questions.answer(
                                fields,
                                answer.getKey(),
                                Paths.first(
                                        answer.getValue(), "response.label", "response", "value")));
        fields.put(LeadField.SUBMITTED_AT, Paths.text(payload, "createdAt"));
        fields.putIfAbsent(LeadField.PROJECT_NAME, Paths.text(payload, "payload.formName"));
        return Submitted.through("Cal.com", fields, null, payload, source);
    }
}
