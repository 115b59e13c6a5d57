package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Notification;
import io.headwater.command.intake.provider.ThinPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// HubSpot contacts. A delivery is an array of up to 100 events out of order, which name contacts
/// by id; a new contact is fetched, `privacyDeletion` erases, everything else is acknowledged and
/// dropped. `eventId` alone is not unique, so five members together tell one event.
///
/// source: developers.hubspot.com, "Webhooks API" and "CRM API: contacts"
@Component
final class HubSpotPreset implements ThinPreset {

    private static final String CONTACT = "0-1";
    private static final String PROPERTIES =
            "email,firstname,lastname,phone,mobilephone,company,city,state,country,message,"
                    + "createdate,hs_analytics_source,hs_google_click_id,hs_facebook_click_id,"
                    + "utm_source,utm_medium,utm_campaign,utm_term,utm_content";

    @Override
    public String name() {
        return "hubspot";
    }

    @Override
    public List<String> schemes() {
        return List.of("hubspot-v3", "hubspot-v2", "hubspot-v1");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        var notification = Notification.in(payload);
        return Elements.each(
                inOrder(notification.event()),
                List.of(),
                (event, body) -> one(event, notification.narrowedTo(body), source));
    }

    /// Events of one delivery come in any order: what happened first is told first.
    private static JsonNode inOrder(JsonNode events) {
        if (!(events instanceof ArrayNode array)) {
            return events;
        }
        var sorted = new ArrayList<JsonNode>();
        array.forEach(sorted::add);
        sorted.sort(
                Comparator.comparingLong(event -> event.path("occurredAt").asLong(Long.MAX_VALUE)));
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(sorted.size());
        sorted.forEach(copy::add);
        return copy;
    }

    private static Normalised one(JsonNode event, Notification notification, SourceConfig source) {
        Paths.requireObject(event);
        String type = String.valueOf(Paths.text(event, "subscriptionType"));
        boolean contact =
                type.startsWith("contact.")
                        || (type.startsWith("object.")
                                && CONTACT.equals(Paths.text(event, "objectTypeId")));
        String what = contact ? type.substring(type.indexOf('.') + 1) : "";
        if (!what.equals("creation") && !what.equals("privacyDeletion")) {
            return Normalised.ignored("event_type");
        }
        String id = Paths.text(event, "objectId");
        if (id == null || !id.matches("[0-9]{1,40}")) {
            throw new UnreadableBodyException("objectId is no id");
        }
        return what.equals("creation")
                ? contact(id, event, notification, source)
                : Normalised.fact(
                        Erasures.of(
                                key(event),
                                id,
                                null,
                                Timestamps.parse(Paths.text(event, "occurredAt")),
                                notification.event()));
    }

    private static String key(JsonNode event) {
        var parts = new ArrayList<String>();
        for (String member :
                List.of("portalId", "subscriptionId", "objectId", "occurredAt", "eventId")) {
            parts.add(String.valueOf(Json.text(event.get(member))));
        }
        return String.join(":", parts);
    }

    private static Normalised contact(
            String id, JsonNode event, Notification notification, SourceConfig source) {
        JsonNode properties = notification.hydrated().path("properties");
        var fields = LeadFields.ofMembers(properties);
        fields.putIfAbsent(LeadField.PHONE, Paths.text(properties, "mobilephone"));
        fields.putIfAbsent(LeadField.GCLID, Paths.text(properties, "hs_google_click_id"));
        fields.putIfAbsent(LeadField.FBCLID, Paths.text(properties, "hs_facebook_click_id"));
        fields.put(LeadField.EXTERNAL_ID, id);
        fields.put(LeadField.SUBMITTED_AT, Paths.text(event, "occurredAt"));
        return Submitted.notified(
                "HubSpot", fields, key(event), notification.hydrated(), notification, source);
    }

    @Override
    public URI base() {
        return URI.create("https://api.hubapi.com");
    }

    @Override
    public JsonNode fetch(Notification notification, Fetcher hubSpot, SourceConfig source)
            throws InterruptedException {
        String id = Paths.text(notification.event().path(0), "objectId");
        return hubSpot.get(
                "/crm/v3/objects/contacts/" + id + "?properties=" + PROPERTIES, Map.of());
    }
}
