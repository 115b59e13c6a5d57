package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// CallRail calls, text messages and forms. One body carries each value under its new and its old
/// name (`customer_phone_number`, `callernum`); old set-ups send a GET. CallRail does not send
/// again, and switches off a webhook that fails: poll its API nightly for what got lost.
///
/// source: apidocs.callrail.com, "Webhooks"
@Component
final class CallRailPreset implements ProviderPreset {

    @Override
    public String name() {
        return "callrail";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public List<String> schemes() {
        return List.of("callrail", "api-key-query", "secret-url");
    }

    @Override
    public boolean retries() {
        return false;
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        if ("outbound".equals(Paths.text(payload, "direction"))) {
            return Normalised.ignored("outbound");
        }
        var fields = new LeadFields();
        put(fields, LeadField.PHONE, payload, "customer_phone_number", "callernum");
        put(fields, LeadField.EMAIL, payload, "customer_email");
        put(fields, LeadField.FULL_NAME, payload, "customer_name", "callername");
        put(fields, LeadField.CITY, payload, "customer_city", "callercity");
        put(fields, LeadField.REGION, payload, "customer_state", "callerstate");
        put(fields, LeadField.COUNTRY, payload, "customer_country", "callercountry");
        put(fields, LeadField.MESSAGE, payload, "content", "message");
        put(fields, LeadField.USER_IP, payload, "ip");
        put(fields, LeadField.SEARCHED_KEYWORD, payload, "keywords");
        put(fields, LeadField.REFERRED_BY, payload, "referring_url", "referrer");
        put(
                fields,
                LeadField.SUBMITTED_AT,
                payload,
                "start_time",
                "submitted_at",
                "sent_at",
                "timestamp",
                "datetime");
        put(
                fields,
                LeadField.LEAD_SOURCE,
                payload,
                "source",
                "formatted_tracking_source",
                "callsource",
                "source_name");
        put(fields, LeadField.UTM_SOURCE, payload, "utm_source");
        put(fields, LeadField.UTM_MEDIUM, payload, "utm_medium");
        put(fields, LeadField.UTM_CAMPAIGN, payload, "utm_campaign", "campaign");
        put(fields, LeadField.UTM_TERM, payload, "utm_term");
        put(fields, LeadField.UTM_CONTENT, payload, "utm_content");
        put(fields, LeadField.GCLID, payload, "gclid");
        Questions.answers(fields, payload.path("form_data"));
        Links.page(fields, Paths.first(payload, "landing_page_url", "landingpage", "form_url"));
        return Submitted.through(
                "CallRail", fields, Paths.first(payload, "resource_id", "id"), payload, source);
    }

    private static void put(LeadFields fields, LeadField field, JsonNode payload, String... names) {
        fields.putIfAbsent(field, Paths.first(payload, names));
    }
}
