package io.headwater.query.projection;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.web.Problem;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// What operators may do with the generations of a projection. The projectors decide and carry out;
/// this asks them and tells their answer.
@AdminOnly
@RestController
@RequestMapping("/api/projections/{name}")
@Tag(name = "operation")
class RebuildController {
    private static final String ROOT = "/api/projections/";
    private static final String GENERATION = "generation";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,60}");

    private final RebuildRequests requests;
    private final GenerationQuery generations;

    RebuildController(RebuildRequests requests, GenerationQuery generations) {
        this.requests = requests;
        this.generations = generations;
    }

    /// @param generation that it is about; null when it is about several
    /// @param state of that generation now
    record AcceptedView(
            long requestId,
            String projection,
            String action,
            @Nullable Integer generation,
            @Nullable String state,
            Links links) {}

    /// @param stream of its progress, server-sent events
    /// @param report of its comparison, 404 until there is one; null when there will be none
    record Links(String projection, String stream, @Nullable String report) {}

    record RetireBody(
            @Schema(
                            description =
                                    "only this one, also one on its way; else all that were live or failed",
                            minimum = "1")
                    @Nullable Integer generation) {}

    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary =
                    "Makes the projection's tables anew beside the live ones, compares both, and"
                            + " switches when they are equal.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    RebuildOptions.class))))
    AcceptedView rebuild(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @Parameter(hidden = true) Caller caller) {
        return ask(name, RebuildRequests.Action.REBUILD, RebuildOptions.of(body).toJson(), caller);
    }

    @PostMapping("/verify")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary =
                    "Makes the projection's tables anew, compares them with the live ones, and drops"
                            + " them; readers see nothing of it. With sample: compares some keys of"
                            + " the live tables with what their events give; the result is under"
                            + " samples.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    RebuildOptions.class))))
    AcceptedView verify(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @Parameter(hidden = true) Caller caller) {
        return ask(
                name,
                RebuildRequests.Action.VERIFY,
                RebuildOptions.ofVerification(body).toJson(),
                caller);
    }

    @PostMapping("/rollback")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Readers see the generation before again; once more, and they see the new.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody)
    AcceptedView rollback(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @Parameter(hidden = true) Caller caller) {
        var errors = new ArrayList<Problem.FieldError>();
        Bodies.object(body, Set.of(), errors);
        Bodies.refuse(errors);
        return ask(name, RebuildRequests.Action.ROLLBACK, Map.of(), caller);
    }

    @PostMapping("/retire")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Drops generations that nobody reads: tables, topics, positions, state.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(schema = @Schema(implementation = RetireBody.class))))
    AcceptedView retire(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @Parameter(hidden = true) Caller caller) {
        var errors = new ArrayList<Problem.FieldError>();
        JsonNode object = Bodies.object(body, Set.of(GENERATION), errors);
        Integer generation = Bodies.positive(object, GENERATION, errors);
        Bodies.refuse(errors);
        return ask(
                name,
                RebuildRequests.Action.RETIRE,
                generation == null ? Map.of() : Map.of(GENERATION, generation),
                caller);
    }

    private AcceptedView ask(
            String name,
            RebuildRequests.Action action,
            Map<String, Object> options,
            Caller caller) {
        if (!NAME.matcher(name).matches()) {
            throw ProjectionController.unknown(name);
        }
        long id = requests.ask(name, action, options, "key:" + caller.role().word());
        var answer = requests.await(id).orElseThrow(() -> unanswered(id));
        if (!answer.accepted()) {
            throw refused(answer);
        }
        Integer generation = answer.generation();
        boolean compares =
                action == RebuildRequests.Action.REBUILD || action == RebuildRequests.Action.VERIFY;
        return new AcceptedView(
                id,
                name,
                action.word(),
                generation,
                generation == null ? null : generations.state(name, generation).orElse(null),
                new Links(
                        ROOT + name,
                        ROOT + name + "/stream",
                        compares && generation != null
                                ? ROOT + name + "/generations/" + generation + "/report"
                                : null));
    }

    private static ProblemException unanswered(long request) {
        return new ProblemException(
                ProblemKind.PROJECTORS_UNAVAILABLE,
                "no projectors answered; request "
                        + request
                        + " stands and is carried out when they run again: do not send it twice");
    }

    /// The kind is the rule's own; one that is not known here comes from newer projectors.
    private static ProblemException refused(RebuildRequests.Answer answer) {
        String code = String.valueOf(answer.code());
        String reason = answer.reason();
        return ProblemKind.ofRule(code)
                .map(kind -> new ProblemException(kind, reason == null ? kind.title() : reason))
                .orElseGet(() ->
                        new ProblemException(
                                ProblemKind.CONFLICT,
                                code + (reason == null ? "" : ": " + reason)));
    }
}
