package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.FieldMapping;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// CloudEvents 1.0 over HTTP: structured, as a batch, or binary (attributes in `ce-*` headers, the
/// body is the data); what is kept is always the structured form. The data's fields are found by
/// their names, or by the source's mapping (`data.contact.email`). An event's identity is its
/// source with its id.
///
/// source: CloudEvents 1.0.2, HTTP protocol binding and JSON format; "HTTP 1.1 Web Hooks"
@Component
final class CloudEventsPreset implements ProviderPreset {

    private static final String PREFIX = "ce-";

    @Override
    public String name() {
        return "cloudevents";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public List<String> schemes() {
        return List.of("api-key", "access-token", "standard-webhooks");
    }

    /// The sender asks by OPTIONS for leave to send, and at which rate.
    @Override
    public @Nullable Answer handshake(Delivery delivery, SourceConfig source) {
        String origin = delivery.header("WebHook-Request-Origin");
        if (!delivery.method().equals("OPTIONS") || origin == null) {
            return null;
        }
        Integer perMinute = source.limits().perMinute();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Allow", "POST, OPTIONS");
        headers.put("WebHook-Allowed-Origin", origin);
        headers.put("WebHook-Allowed-Rate", perMinute == null ? "*" : perMinute.toString());
        return new Answer(200, "application/json", "{}", headers);
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        if (delivery.header("ce-specversion") != null) {
            ObjectNode event = structured(payload, delivery);
            return event(event, event, source);
        }
        return payload.isArray()
                ? Elements.each(
                        payload, List.of(), (event, narrowed) -> event(event, narrowed, source))
                : event(payload, payload, source);
    }

    private static ObjectNode structured(JsonNode data, Delivery delivery) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        for (String header : delivery.headerNames()) {
            String name = header.toLowerCase(Locale.ROOT);
            String value = delivery.header(header);
            if (name.startsWith(PREFIX) && value != null) {
                event.put(name.substring(PREFIX.length()), decoded(value));
            }
        }
        String type = delivery.header("Content-Type");
        if (type != null) {
            event.put("datacontenttype", type);
        }
        return event.set("data", data);
    }

    /// Header values are percent-encoded, but a plus sign is one.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return value;
        }
    }

    private static Normalised event(JsonNode event, JsonNode payload, SourceConfig source) {
        Paths.requireObject(event);
        String id = Paths.text(event, "id");
        String from = Paths.text(event, "source");
        if (id == null || from == null || !event.has("specversion") || !event.has("type")) {
            throw new UnreadableBodyException("specversion, id, source or type is missing");
        }
        var fields =
                new FieldMapping(source.mapping()).isEmpty()
                        ? NamedFields.in(data(event))
                        : new LeadFields();
        fields.putIfAbsent(LeadField.SUBMITTED_AT, event.path("time"));
        return Submitted.through(source.name(), fields, from + "#" + id, event, payload, source);
    }

    /// @return the data as a tree; missing where it is of a type that is not read here
    private static JsonNode data(JsonNode event) {
        JsonNode data = event.path("data");
        byte[] bytes =
                data.isString()
                        ? data.stringValue().getBytes(StandardCharsets.UTF_8)
                        : base64(Paths.text(event, "data_base64"));
        if (bytes.length == 0) {
            return data;
        }
        try {
            String type = Paths.text(event, "datacontenttype");
            return Body.parse(type == null ? "application/json" : type, bytes, Body.ANY).tree();
        } catch (UnreadableBodyException | UnsupportedBodyException opaque) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static byte[] base64(@Nullable String text) {
        try {
            return text == null ? new byte[0] : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            return new byte[0];
        }
    }
}
