package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.badParameter;
import static io.headwater.query.platform.web.ProblemException.notFound;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.forward.ProjectorsApi;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.time.Instants;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A lead at another time, and why it is as it is: projectors folds its events, the queries are
/// those of today.
@RestController
@RequestMapping("/analytics/leads/{id}")
@AdminOnly
@Tag(name = "leads")
class LeadHistoryController {
    private static final int MOST_EVENTS = 200;

    private final ProjectorsApi projectors;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    LeadHistoryController(ProjectorsApi projectors, JdbcClient jdbc, JsonMapper json) {
        this.projectors = projectors;
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Documented with the lead of today.
    @Hidden
    @GetMapping(params = "as_of")
    ResponseEntity<?> asOf(
            @PathVariable String id,
            @RequestParam("as_of") String asOf,
            HttpServletRequest request,
            Caller caller) {
        Instant at = instant(asOf);
        var told = projectors.ask("GET", "leads", id, "as-of?at=" + at, request, caller);
        if (!told.getStatusCode().is2xxSuccessful()) {
            return told;
        }
        JsonNode rows = json.readTree(told.getBody());
        return ResponseEntity.ok(view(id, at, rows));
    }

    @GetMapping("/explain")
    @Operation(
            summary = "The events that made the rows of a lead, and what each changed. Admin only.",
            description =
                    "Values of columns that are not personal; of the others the names. matches says"
                            + " whether the tables hold what the events give; when not, differences"
                            + " names rows and columns.")
    ResponseEntity<byte[]> explain(
            @PathVariable String id, HttpServletRequest request, Caller caller) {
        return projectors.ask("GET", "leads", id, "explain", request, caller);
    }

    private LeadAsOfView view(String id, Instant at, JsonNode told) {
        var then = new AsOfRows(jdbc, told.get("tables").toString());
        var leads = new LeadQuery(then);
        var groups = new LeadGroupQuery(then);
        LeadQuery.Found found = leads.find(id).orElseThrow(() -> notFound("lead"));
        List<String> group = groups.group(id);
        var detail =
                new LeadDetailView(
                        found.lead().lead(),
                        found.lead().life(),
                        found.traits(),
                        found.more(),
                        new SubmissionQuery(then, json).ofLeads(group),
                        new FactQuery(then).ofLeads(group),
                        new ConsentQuery(then).ofLeads(group),
                        List.of(),
                        groups.appointments(id),
                        group.subList(1, group.size()),
                        groups.survivor(id).orElse(null),
                        List.of());
        var timeline =
                new TimelineQuery(then)
                        .of(group, Keyset.of(TimelineQuery.ORDERS, null, null, MOST_EVENTS));
        return new LeadAsOfView(
                detail,
                timeline.items(),
                at,
                new LeadAsOfView.LastEvent(
                        told.get("topic").asString(),
                        told.get("partition").asInt(),
                        told.get("offset").asLong(),
                        Instant.parse(told.get("recorded_at").asString())));
    }

    private static Instant instant(String text) {
        try {
            return Instants.check("as_of", Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            throw badParameter("as_of", "must be an instant, as 2026-11-20T12:00:00Z");
        }
    }
}
