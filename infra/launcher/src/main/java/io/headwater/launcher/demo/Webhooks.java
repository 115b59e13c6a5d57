package io.headwater.launcher.demo;

import static io.headwater.launcher.demo.DemoApi.JSON;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/// Deliveries as the providers make them: their shape, their signature.
///
/// source: the providers' public webhook documentation
final class Webhooks {

    private Webhooks() {}

    /// A lead form of Google Ads; the key stands in the body.
    static Delivery googleAds(Person person, String id, String project, boolean test, String key) {
        ObjectNode body =
                JSON.createObjectNode()
                        .put("lead_id", id)
                        .put("api_version", "1.0")
                        .put("form_id", 4_001_234_567_890_123_456L)
                        .put("campaign_id", 21_345_678_901L)
                        .put("adgroup_id", 164_000_000_001L)
                        .put("creative_id", 700_000_000_001L)
                        .put("gcl_id", "demo-" + id)
                        .put("google_key", key)
                        .put("is_test", test);
        var columns = body.putArray("user_column_data");
        column(columns.addObject(), "FULL_NAME", person.first() + " " + person.last());
        column(columns.addObject(), "EMAIL", person.email());
        column(columns.addObject(), "PHONE_NUMBER", person.phone());
        column(columns.addObject(), "CITY", person.city());
        column(columns.addObject(), "COUNTRY", person.country());
        columns.addObject()
                .put("column_id", "which_project_are_you_interested_in?")
                .put("string_value", project);
        return new Delivery(body.toString(), Map.of("User-Agent", "Google-Ads-Notifications"));
    }

    private static void column(ObjectNode column, String id, String value) {
        column.put("column_name", id.replace('_', ' '))
                .put("column_id", id)
                .put("string_value", value);
    }

    static Delivery typeform(Person person, String id, Instant at, String secret) {
        ObjectNode body =
                JSON.createObjectNode()
                        .put("event_id", "event-" + id)
                        .put("event_type", "form_response");
        ObjectNode response =
                body.putObject("form_response")
                        .put("form_id", "demoForm")
                        .put("token", id)
                        .put("landed_at", at.minusSeconds(90).toString())
                        .put("submitted_at", at.toString());
        response.putObject("hidden")
                .put("utm_source", person.utmSource() == null ? "typeform" : person.utmSource())
                .put("country", person.country());
        var definition = response.putObject("definition").put("id", "demoForm");
        definition.put("title", "Find your home");
        var fields = definition.putArray("fields");
        var answers = response.putArray("answers");
        answer(fields.addObject(), answers.addObject(), "first_name", "text", person.first());
        answer(fields.addObject(), answers.addObject(), "last_name", "text", person.last());
        answer(fields.addObject(), answers.addObject(), "email", "email", person.email());
        answer(
                fields.addObject(),
                answers.addObject(),
                "phone_number",
                "phone_number",
                person.phone());
        String text = body.toString();
        return new Delivery(
                text,
                Map.of(
                        "Typeform-Signature",
                        "sha256=" + Base64.getEncoder().encodeToString(hmac(secret, text))));
    }

    private static void answer(
            ObjectNode field, ObjectNode answer, String ref, String type, String value) {
        String fieldType = type.equals("text") ? "short_text" : type;
        field.put("id", "field-" + ref).put("ref", ref).put("type", fieldType);
        field.put("title", ref.replace('_', ' '));
        answer.put("type", type).put(type, value);
        answer.putObject("field").put("id", "field-" + ref).put("ref", ref).put("type", fieldType);
    }

    /// @param event invitee.created, invitee.canceled or invitee_no_show.created
    static Delivery calendly(Person person, String event, String id, Instant at, String secret) {
        ObjectNode body =
                JSON.createObjectNode()
                        .put("event", event)
                        .put("created_at", at.toString())
                        .put("created_by", "https://api.calendly.com/users/DEMO");
        ObjectNode payload =
                body.putObject("payload")
                        .put("uri", "https://api.calendly.com/scheduled_events/D/invitees/" + id)
                        .put("email", person.email())
                        .put("name", person.first() + " " + person.last())
                        .put("status", event.equals("invitee.canceled") ? "canceled" : "active")
                        .put("event", "https://api.calendly.com/scheduled_events/" + id)
                        .put("timezone", person.timezone())
                        .put("created_at", at.toString())
                        .put("rescheduled", false);
        payload.putObject("scheduled_event")
                .put("uri", "https://api.calendly.com/scheduled_events/" + id)
                .put("name", "Viewing")
                .put("start_time", at.plusSeconds(86_400).toString())
                .put("end_time", at.plusSeconds(88_200).toString());
        String text = body.toString();
        return new Delivery(
                text, Map.of("Calendly-Webhook-Signature", timestamped(text, at, secret)));
    }

    /// @param type charge.succeeded or charge.refunded
    static Delivery stripe(
            Person person, String type, String id, long amountMinor, Instant at, String secret) {
        ObjectNode body =
                JSON.createObjectNode()
                        .put("id", "evt_" + id)
                        .put("object", "event")
                        .put("type", type)
                        .put("created", at.getEpochSecond())
                        .put("livemode", true);
        ObjectNode charge =
                body.putObject("data")
                        .putObject("object")
                        .put("id", "ch_" + id)
                        .put("object", "charge")
                        .put("amount", amountMinor)
                        .put("amount_refunded", type.equals("charge.refunded") ? amountMinor : 0)
                        .put("currency", "eur")
                        .put("created", at.getEpochSecond())
                        .put("livemode", true);
        charge.putObject("billing_details")
                .put("email", person.email())
                .put("name", person.first() + " " + person.last());
        charge.putObject("metadata");
        String text = body.toString();
        return new Delivery(text, Map.of("Stripe-Signature", timestamped(text, at, secret)));
    }

    /// A lead of some system with its own field names; the key stands in a header.
    static Delivery generic(Person person, String id, String project, String key) {
        ObjectNode body = JSON.createObjectNode().put("id", id).put("interest", project);
        body.putObject("contact")
                .put("given", person.first())
                .put("family", person.last())
                .put("email", person.email())
                .put("phone", person.phone())
                .put("country", person.country());
        return new Delivery(body.toString(), Map.of("X-API-Key", key));
    }

    private static String timestamped(String body, Instant at, String secret) {
        String signed = at.getEpochSecond() + "." + body;
        return "t=%d,v1=%s"
                .formatted(at.getEpochSecond(), HexFormat.of().formatHex(hmac(secret, signed)));
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("HmacSHA256 is in every Java", e);
        }
    }
}
