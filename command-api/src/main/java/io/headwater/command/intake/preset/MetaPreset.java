package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.ToldConsent;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Notification;
import io.headwater.command.intake.provider.ThinPreset;
import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Meta lead ads (Facebook and Instagram). A delivery names leads by id; their answers come from
/// the Graph API. The page that is subscribed sends other fields of it, too: only `leadgen` counts.
///
/// Leads of the testing tool say so in their answers; the one of the dashboard has an id of fours,
/// which nobody can fetch.
///
/// source: developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving
@Component
final class MetaPreset implements ThinPreset {

    /// Secret option of a source: what Meta must present at verification; the source's own id
    /// without it.
    static final String VERIFY_TOKEN = "verify_token";

    private static final String DASHBOARD_TEST = "444444444444";
    private static final String FIELDS =
            "id,created_time,form_id,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,"
                    + "is_organic,platform,field_data,custom_disclaimer_responses";

    @Override
    public String name() {
        return "meta";
    }

    @Override
    public List<String> schemes() {
        return List.of("x-hub-signature-256");
    }

    @Override
    public Set<String> comparedOptions() {
        return Set.of(VERIFY_TOKEN);
    }

    /// source: developers.facebook.com/docs/graph-api/webhooks/getting-started
    @Override
    public @Nullable Answer handshake(Delivery delivery, SourceConfig source) {
        var asked = delivery.query();
        String challenge = Json.text(asked.get("hub.challenge"));
        if (!delivery.method().equals("GET") || challenge == null) {
            return null;
        }
        String given = source.secretOptions().get(VERIFY_TOKEN);
        String expected = given == null ? KeyDigest.of(source.sourceId()) : given;
        String presented = Json.text(asked.get("hub.verify_token"));
        if (!"subscribe".equals(Json.text(asked.get("hub.mode")))
                || !challenge.matches("[0-9A-Za-z_-]{1,200}")
                || presented == null
                || !KeyDigest.matches(expected, presented)) {
            throw ProblemType.FORBIDDEN.with("The verify token is not the source's.").asException();
        }
        return Answer.text(challenge);
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        var notification = Notification.in(payload);
        JsonNode event = notification.event();
        String object = Paths.text(event, "object");
        if (object != null && !object.equals("page")) {
            return Normalised.ignored("object");
        }
        return Elements.each(
                event,
                List.of("entry", "changes"),
                (change, body) ->
                        "leadgen".equals(Paths.text(change, "field"))
                                ? lead(change.path("value"), notification.narrowedTo(body), source)
                                : Normalised.ignored("field"));
    }

    private static Normalised lead(JsonNode value, Notification notification, SourceConfig source) {
        String id = Paths.text(value, "leadgen_id");
        if (id == null || !id.matches("[0-9]{1,40}")) {
            throw new UnreadableBodyException("value.leadgen_id is no id");
        }
        JsonNode told = notification.hydrated();
        var fields = new LeadFields();
        fields.put(LeadField.EXTERNAL_ID, id);
        String created = Paths.first(told, "created_time");
        fields.put(
                LeadField.SUBMITTED_AT,
                created != null ? created : Paths.text(value, "created_time"));
        fields.put(LeadField.UTM_SOURCE, Paths.first(told, "platform"));
        fields.put(LeadField.UTM_CAMPAIGN, AdIds.first(told, "campaign_name", "campaign_id"));
        fields.put(LeadField.UTM_CONTENT, AdIds.first(value, "ad_id"));
        fields.put(LeadField.UTM_CONTENT, AdIds.first(told, "ad_name", "ad_id"));
        boolean test = id.equals(DASHBOARD_TEST);
        var answered = new Answered(fields);
        for (JsonNode answer : told.path("field_data")) {
            String text = Json.text(answer.path("values"));
            test |= text != null && text.startsWith("<test lead:");
            answered.add(Paths.text(answer, "name"), text);
        }
        for (JsonNode consent : told.path("custom_disclaimer_responses")) {
            fields.add(
                    ToldConsent.of(
                            Paths.text(consent, "checkbox_key"),
                            null,
                            Paths.text(consent, "is_checked")));
        }
        if (test) {
            fields.put(LeadField.TEST, "true");
        }
        return Submitted.notified(
                "Meta Lead Ads",
                fields,
                id,
                answered.besides(notification.payload()),
                notification,
                source);
    }

    @Override
    public URI base() {
        return URI.create("https://graph.facebook.com/v23.0");
    }

    /// Graph tells limits by code, in answers that look like refusals.
    ///
    /// source: developers.facebook.com/docs/graph-api/guides/error-handling; 80005: lead forms
    @Override
    public Fetcher.FetchException.Kind kindOf(int status, JsonNode error) {
        return switch (String.valueOf(Paths.text(error, "error.code"))) {
            case "1", "2", "4", "17", "32", "341", "613", "80005" ->
                    Fetcher.FetchException.Kind.LATER;
            default -> ThinPreset.super.kindOf(status, error);
        };
    }

    @Override
    public JsonNode fetch(Notification notification, Fetcher graph, SourceConfig source)
            throws InterruptedException {
        String id = Paths.text(notification.event(), "entry[0].changes[0].value.leadgen_id");
        return graph.get("/" + id + "?fields=" + FIELDS, Map.of());
    }
}
