package io.headwater.query.intake;

import static io.headwater.query.platform.web.ProblemException.badParameter;
import static io.headwater.query.platform.web.ProblemException.notFound;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.forward.CommandApi;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Authentic submissions that could not be used as they came. What is done with them is decided by
/// command-api; only a plan by filter is completed here, because the tables know which ones it
/// means.
@AdminOnly
@RestController
@RequestMapping("/analytics/quarantine")
@Tag(name = "quarantine")
class QuarantineController {
    /// Submissions in one plan; their ids stay far below the largest body that is forwarded.
    static final int MOST = 10_000;

    private static final String IDS = "submission_ids";
    private static final String FILTER = "filter";

    private final QuarantineQuery quarantine;
    private final CommandApi commandApi;
    private final JsonMapper json;

    QuarantineController(QuarantineQuery quarantine, CommandApi commandApi, JsonMapper json) {
        this.quarantine = quarantine;
        this.commandApi = commandApi;
        this.json = json;
    }

    @GetMapping
    @Reads("leads")
    @Operation(
            summary = "Submissions in quarantine, newest first.",
            description = "Those that wait, of all times, unless state or a range says otherwise.")
    Paged<QuarantineView> list(
            @ParameterObject @ModelAttribute QuarantineFilter filter,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "received_at_desc",
                                                "received_at_asc"
                                            },
                                            defaultValue = "received_at_desc"))
                    @RequestParam(required = false)
                    @Nullable String sort,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return quarantine.list(filter, Keyset.of(QuarantineQuery.ORDERS, sort, cursor, limit));
    }

    @GetMapping("/summary")
    @Reads("leads")
    @Operation(summary = "How many wait, by what is wrong with them, the most first.")
    List<QuarantineView.Waiting> summary() {
        return quarantine.waiting();
    }

    /// @param payload the whole parsed body, JSON as text
    /// @param changes of its fields, in their order
    record DetailView(
            @JsonUnwrapped QuarantineView view,
            @Nullable String payload,
            List<QuarantineView.Change> changes) {}

    @GetMapping("/{submissionId}")
    @Reads("leads")
    @Operation(summary = "One submission with its body and all that was changed.")
    DetailView find(@PathVariable String submissionId) {
        var found = quarantine.find(submissionId).orElseThrow(() -> notFound("submission"));
        return new DetailView(found.view(), found.payload(), quarantine.changes(submissionId));
    }

    @PostMapping("/plans")
    @Operation(
            summary = "Plans to release or reject many.",
            description =
                    "`filter` has the members of the list's parameters and means all that wait and"
                            + " match, at most 10,000; `submission_ids` names them instead. The rest"
                            + " is command-api's: action (release or reject), rate_per_second, force,"
                            + " reason_code, reason. The answer is the plan with what would become"
                            + " of each; it runs when it is started.")
    ResponseEntity<byte[]> plan(
            @RequestBody JsonNode body,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpServletRequest request) {
        if (!(body instanceof ObjectNode wanted)) {
            throw badParameter("body", "must be a JSON object");
        }
        JsonNode filter = wanted.remove(FILTER);
        if (filter != null) {
            if (wanted.has(IDS)) {
                throw badParameter(FILTER, "excludes submission_ids");
            }
            var ids = ids(filter);
            var named = wanted.putArray(IDS);
            ids.forEach(named::add);
        }
        return commandApi.send(
                "POST", "/admin/quarantine/plans", json.writeValueAsBytes(wanted), request, caller);
    }

    private List<String> ids(JsonNode filter) {
        if (!filter.isObject()) {
            throw badParameter(FILTER, "must be an object with the parameters of the list");
        }
        var ids = quarantine.ids(filterOf(filter), MOST + 1);
        if (ids.isEmpty()) {
            throw badParameter(FILTER, "finds nothing that waits");
        }
        if (ids.size() > MOST) {
            throw badParameter(FILTER, "finds more than " + MOST + " submissions: narrow it");
        }
        return ids;
    }

    /// Only those that wait can be decided, so a plan is never about others.
    private static QuarantineFilter filterOf(JsonNode filter) {
        for (String name : filter.propertyNames()) {
            if (!FILTERS.contains(name)) {
                throw badParameter(FILTER + "." + name, "is no parameter of the list");
            }
        }
        return new QuarantineFilter(
                QuarantineFilter.WAITING,
                text(filter, "code"),
                text(filter, "source"),
                text(filter, "provider"),
                text(filter, "site"),
                filter.hasNonNull("mended") ? filter.get("mended").asBoolean() : null,
                null,
                text(filter, "from"),
                text(filter, "to"));
    }

    private static final List<String> FILTERS =
            List.of("state", "code", "source", "provider", "site", "mended", "from", "to");

    private static @Nullable String text(JsonNode filter, String name) {
        return filter.hasNonNull(name) ? filter.get(name).asString() : null;
    }
}
