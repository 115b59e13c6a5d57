package io.headwater.command.lead.http;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.BodyReader;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.LinkLead;
import io.headwater.events.lead.RecordActivity;
import io.headwater.schema.PersonalData;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// What the CRM and the automation tell about a lead: its id there, the run that handled it, and
/// what happened with it. JSON or a form; of a merged lead the survivor is meant.
@RestController
@Tag(name = "crm", description = "Callbacks; see docs/leads.md")
final class CrmController {

    private static final Pattern URL = Pattern.compile("https?://\\S{1,1990}");

    private final LeadChanges changes;
    private final AccessDirectory directory;
    private final LeadHttpSettings settings;
    private final long maxBody;
    private final Clock clock;

    CrmController(
            LeadChanges changes,
            AccessDirectory directory,
            LeadHttpSettings settings,
            WebSettings web,
            Clock clock) {
        this.changes = changes;
        this.directory = directory;
        this.settings = settings;
        this.maxBody = web.maxBody().toBytes();
        this.clock = clock;
    }

    @PostMapping("/lead.capture/crm-callback")
    @Operation(
            summary = "The CRM's id of a lead.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            schemaProperties = {
                                                @SchemaProperty(
                                                        name = "lead_id",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description = "ours")),
                                                @SchemaProperty(
                                                        name = "crm_lead_id",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description = "the CRM's")),
                                                @SchemaProperty(
                                                        name = "crm",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description =
                                                                                "name of the CRM, optional")),
                                                @SchemaProperty(
                                                        name = "crm_url",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description =
                                                                                "page of the lead there, optional"))
                                            })))
    ResponseEntity<Map<String, Object>> linked(HttpServletRequest request) {
        var told = told(request, settings.callbackSecret());
        String crmLeadId = required(told, 200, "crm_lead_id", "crmLeadId", "crm_id", "crmId");
        String url = text(told, 2_000, "crm_url", "crmUrl", "url");
        requireUrl("crm_url", url);
        String leadId = leadId(told);
        var link = new LinkLead(text(told, 60, "crm", "crm_name"), crmLeadId, url);
        return changes.send(machine(leadId, "link\n" + link, null).setLink(link).build(), request);
    }

    @PostMapping("/lead.capture/make-callback")
    @Operation(
            summary = "The execution of the automation that handled a lead.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            schemaProperties = {
                                                @SchemaProperty(
                                                        name = "lead_id",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description = "ours")),
                                                @SchemaProperty(
                                                        name = "execution_url",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description =
                                                                                "page of the execution"))
                                            })))
    ResponseEntity<Map<String, Object>> executed(HttpServletRequest request) {
        var told = told(request, settings.callbackSecret());
        String url = required(told, 2_000, "execution_url", "executionUrl", "url");
        requireUrl("execution_url", url);
        String leadId = leadId(told);
        var activity =
                RecordActivity.newBuilder()
                        .setActivityId(LeadChanges.hash(url))
                        .setActivity("execution")
                        .setUrl(url)
                        .build();
        return changes.send(
                machine(leadId, "execution\n" + url, null).setActivity(activity).build(), request);
    }

    @PostMapping("/webhooks/crm/lead")
    @Operation(
            summary = "Something happened with a lead in the CRM.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            schemaProperties = {
                                                @SchemaProperty(
                                                        name = "lead_id",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description = "ours")),
                                                @SchemaProperty(
                                                        name = "activity",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description =
                                                                                "call, email, status_change …")),
                                                @SchemaProperty(
                                                        name = "activity_id",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description =
                                                                                "the CRM's, optional")),
                                                @SchemaProperty(
                                                        name = "at",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description =
                                                                                "when it happened, optional")),
                                                @SchemaProperty(
                                                        name = "summary",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description = "optional")),
                                                @SchemaProperty(
                                                        name = "url",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        description =
                                                                                "page of it there, optional"))
                                            })))
    ResponseEntity<Map<String, Object>> happened(HttpServletRequest request) {
        String secret =
                settings.webhookSecret().isEmpty()
                        ? settings.callbackSecret()
                        : settings.webhookSecret();
        var told = told(request, secret);
        String what = required(told, 60, "activity", "type", "event", "action");
        String leadId = leadId(told);
        String time = text(told, 40, "at", "occurred_at", "timestamp", "created_at", "date");
        String payload = Json.canonical(told);
        String id = text(told, 200, "activity_id", "activityId", "event_id", "id");
        if (id == null) {
            id = LeadChanges.hash(leadId + "\n" + what + "\n" + (time == null ? payload : time));
        }
        var activity =
                RecordActivity.newBuilder()
                        .setActivityId(id)
                        .setActivity(what)
                        .setUrl(url(told))
                        .setSummary(
                                PersonalData.ofNullable(
                                        text(
                                                told,
                                                2_000,
                                                "summary",
                                                "description",
                                                "note",
                                                "subject",
                                                "message")))
                        .setPayload(PersonalData.of(payload))
                        .build();
        return changes.send(
                machine(leadId, "activity\n" + id, believable(time)).setActivity(activity).build(),
                request);
    }

    private JsonNode told(HttpServletRequest request, String secret) {
        String presented = ApiKeys.presented(request);
        boolean authentic =
                !secret.isEmpty()
                        && presented != null
                        && MessageDigest.isEqual(
                                secret.getBytes(StandardCharsets.UTF_8),
                                presented.getBytes(StandardCharsets.UTF_8));
        if (!authentic) {
            throw new Refused(
                    Refused.Reason.UNAUTHENTICATED,
                    "unauthenticated",
                    "The callback secret is needed, as a Bearer token.");
        }
        Problems.requireReady(directory);
        byte[] bytes = BodyReader.read(request, maxBody);
        var tree = Json.clean(Body.parse(request.getContentType(), bytes, Body.ANY).tree());
        if (!tree.isObject()) {
            throw ProblemType.MALFORMED_BODY.with("The body must be one object.").asException();
        }
        return tree;
    }

    private static String leadId(JsonNode told) {
        return required(told, 100, "lead_id", "leadId", "public_id");
    }

    /// @param what makes the command: a repetition is the same one
    private ChangeLead.Builder machine(String leadId, String what, @Nullable Instant at) {
        var site = changes.site(leadId);
        return ChangeLead.newBuilder()
                .setCommandId(LeadChanges.idOf(leadId, "crm\n" + what))
                .setSiteId(site.siteId())
                .setLeadId(leadId)
                .setActor("crm")
                .setMachine(true)
                .setPipeline(changes.stages(site.siteId()))
                .setAt(at)
                .setRequestedAt(clock.instant());
    }

    private @Nullable Instant believable(@Nullable String told) {
        Instant time = Timestamps.parse(told);
        return time == null || Timestamps.absurdity(time, clock.instant()) != null
                ? null
                : time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable String url(JsonNode told) {
        String url = text(told, 2_000, "activity_url", "url", "link");
        return url != null && URL.matcher(url).matches() ? url : null;
    }

    private static void requireUrl(String field, @Nullable String url) {
        if (url != null && !URL.matcher(url).matches()) {
            throw new FieldError(field, "is no http or https URL").asException();
        }
    }

    private static String required(JsonNode told, int limit, String... names) {
        String value = text(told, limit, names);
        if (value == null) {
            throw new FieldError(names[0], "is required").asException();
        }
        return value;
    }

    /// @return of the first name that has one; numbers with every digit
    private static @Nullable String text(JsonNode told, int limit, String... names) {
        for (String name : names) {
            String value = Text.field(Json.text(told.get(name)), limit);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
