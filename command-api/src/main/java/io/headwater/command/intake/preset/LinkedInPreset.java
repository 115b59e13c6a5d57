package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.ToldConsent;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Notification;
import io.headwater.command.intake.provider.ThinPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// LinkedIn Lead Sync. A delivery names a form response by URN; the answers, and the form whose
/// questions give them names, are fetched. `DELETED` means that the member withdrew: erase.
///
/// Answers are read from `answerDetails`, consents from `consentResponses`.
///
/// source: learn.microsoft.com/linkedin/marketing/lead-sync/leadsync
@Component
final class LinkedInPreset implements ThinPreset {

    /// Option of a source: version of the API, a month.
    static final String API_VERSION = "api_version";

    private static final String DEFAULT_VERSION = "202511";

    /// Anything else would have us sign what an attacker chose, even a body with its prefix.
    private static final Pattern UUID =
            Pattern.compile(
                    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Pattern RESPONSE =
            Pattern.compile(
                    "urn:li:(?:leadGenFormResponse|leadFormResponse):([A-Za-z0-9_=-]{1,150})");
    private static final Pattern FORM =
            Pattern.compile("urn:li:(?:leadGenForm|leadForm):([0-9]{1,30})");

    @Override
    public String name() {
        return "linkedin";
    }

    @Override
    public List<String> schemes() {
        return List.of("linkedin");
    }

    /// source: learn.microsoft.com/linkedin/shared/api-guide/webhook-validation
    @Override
    public @Nullable Answer handshake(Delivery delivery, SourceConfig source) {
        String challenge = Json.text(delivery.query().get("challengeCode"));
        if (!delivery.method().equals("GET") || challenge == null) {
            return null;
        }
        if (!UUID.matcher(challenge).matches()) {
            throw new UnreadableBodyException("challengeCode must be a UUID");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("challengeCode", challenge);
        answer.put("challengeResponse", Hmac.hex(source.secrets().getFirst(), challenge));
        return Answer.json(Json.write(answer));
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        var notification = Notification.in(payload);
        JsonNode event = notification.event();
        Paths.requireObject(event);
        if (!"LEAD_ACTION".equals(Paths.text(event, "type"))) {
            return Normalised.ignored("event_type");
        }
        String id = id(RESPONSE, Paths.text(event, "leadGenFormResponse"));
        if (id == null) {
            throw new UnreadableBodyException("leadGenFormResponse is no URN of a response");
        }
        return switch (String.valueOf(Paths.text(event, "leadAction"))) {
            case "CREATED" -> lead(id, notification, source);
            case "DELETED" -> Normalised.fact(withdrawn(id, event));
            default -> Normalised.ignored("lead_action");
        };
    }

    private static FactItem withdrawn(String id, JsonNode event) {
        return Erasures.of(
                id + ":DELETED",
                id,
                null,
                Timestamps.parse(Paths.text(event, "occurredAt")),
                event);
    }

    private static Normalised lead(String id, Notification notification, SourceConfig source) {
        JsonNode event = notification.event();
        JsonNode response = notification.hydrated().path("response");
        var fields = new LeadFields();
        fields.put(LeadField.EXTERNAL_ID, id);
        String submitted = Paths.text(response, "submittedAt");
        fields.put(
                LeadField.SUBMITTED_AT,
                submitted != null ? submitted : Paths.text(event, "occurredAt"));
        fields.put(
                LeadField.UTM_CAMPAIGN,
                Paths.text(response, "leadMetadata.sponsoredLeadMetadata.campaign"));
        fields.put(LeadField.UTM_CONTENT, Paths.text(event, "associatedEntity.sponsoredCreative"));
        fields.put(LeadField.PROJECT_NAME, Paths.text(notification.hydrated(), "form.name"));
        if (Paths.isTrue(response, "testLead")) {
            fields.put(LeadField.TEST, "true");
        }
        var answered = new Answered(fields);
        answers(answered, response, notification.hydrated().path("form"));
        consents(fields, response, notification.hydrated().path("form"));
        return Submitted.notified(
                "LinkedIn",
                fields,
                id + ":CREATED",
                answered.besides(notification.payload()),
                notification,
                source);
    }

    private static void answers(Answered answered, JsonNode response, JsonNode form) {
        var questions = new HashMap<String, JsonNode>();
        for (JsonNode question : form.path("content").path("questions")) {
            questions.put(String.valueOf(Paths.text(question, "questionId")), question);
        }
        for (JsonNode answer : response.path("formResponse").path("answers")) {
            JsonNode question =
                    questions.getOrDefault(
                            String.valueOf(Paths.text(answer, "questionId")),
                            JsonNodeFactory.instance.objectNode());
            String text = text(answer.path("answerDetails"), question);
            String predefined = Paths.text(question, "predefinedField");
            answered.add(
                    predefined != null && LeadField.named(predefined) != null
                            ? predefined
                            : Paths.text(question, "name"),
                    text);
        }
        for (JsonNode hidden : form.path("hiddenFields")) {
            answered.add(Paths.text(hidden, "name"), Paths.text(hidden, "value"));
        }
    }

    /// What was shown stands in the form.
    private static void consents(LeadFields fields, JsonNode response, JsonNode form) {
        var texts = new HashMap<String, @Nullable String>();
        for (JsonNode consent : Paths.at(form, "content.legalInfo.consents")) {
            texts.put(
                    String.valueOf(Paths.text(consent, "id")),
                    anyLocale(Paths.at(consent, "consent.localized")));
        }
        for (JsonNode answer : response.path("formResponse").path("consentResponses")) {
            String id = Paths.text(answer, "consentId");
            fields.add(
                    ToldConsent.of(
                            id, texts.get(String.valueOf(id)), Paths.text(answer, "accepted")));
        }
    }

    /// @return what was typed, or the labels of what was chosen; ids where the form does not tell
    private static @Nullable String text(JsonNode details, JsonNode question) {
        String typed = Paths.text(details, "textQuestionAnswer.answer");
        if (typed != null) {
            return typed;
        }
        var labels = new HashMap<String, String>();
        for (JsonNode option :
                Paths.at(question, "questionDetails.multipleChoiceQuestionDetails.options")) {
            String label = label(option);
            String id = Paths.text(option, "id");
            if (label != null && id != null) {
                labels.put(id, label);
            }
        }
        var chosen = new ArrayList<String>();
        for (JsonNode option : Paths.at(details, "multipleChoiceAnswer.options")) {
            String id = String.valueOf(Json.text(option));
            chosen.add(labels.getOrDefault(id, id));
        }
        return chosen.isEmpty() ? null : String.join(", ", chosen);
    }

    private static @Nullable String label(JsonNode option) {
        String label = anyLocale(option.path("text").path("localized"));
        return label != null ? label : Paths.first(option, "text", "label");
    }

    /// Of whichever locale the form was made in.
    private static @Nullable String anyLocale(JsonNode localized) {
        for (JsonNode text : localized) {
            return Json.text(text);
        }
        return null;
    }

    private static @Nullable String id(Pattern urn, @Nullable String text) {
        var matcher = urn.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : null;
    }

    @Override
    public URI base() {
        return URI.create("https://api.linkedin.com/rest");
    }

    @Override
    public JsonNode fetch(Notification notification, Fetcher linkedIn, SourceConfig source)
            throws InterruptedException {
        var headers =
                Map.of(
                        "LinkedIn-Version",
                        source.options().getOrDefault(API_VERSION, DEFAULT_VERSION),
                        "X-Restli-Protocol-Version",
                        "2.0.0");
        JsonNode event = notification.event();
        String response = id(RESPONSE, Paths.text(event, "leadGenFormResponse"));
        ObjectNode hydrated = JsonNodeFactory.instance.objectNode();
        hydrated.set("response", linkedIn.get("/leadFormResponses/" + response, headers));
        String form = id(FORM, Paths.text(event, "leadGenForm"));
        if (form != null) {
            hydrated.set("form", linkedIn.get("/leadForms/" + form, headers));
        }
        return hydrated;
    }
}
