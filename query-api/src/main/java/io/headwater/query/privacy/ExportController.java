package io.headwater.query.privacy;

import static io.headwater.query.platform.web.ProblemException.notFound;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.forward.CommandApi;
import io.headwater.query.platform.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers people who ask what is known of them; see docs/access-requests.md.
@RestController
@RequestMapping("/admin/export")
@AdminOnly
@Tag(name = "privacy")
class ExportController {
    private static final Logger log = LoggerFactory.getLogger(ExportController.class);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final PersonExport export;
    private final CommandApi commandApi;
    private final JsonMapper json;

    ExportController(PersonExport export, CommandApi commandApi, JsonMapper json) {
        this.export = export;
        this.commandApi = commandApi;
        this.json = json;
    }

    @GetMapping(path = "/leads/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Everything known of the person of a lead, as a file. Admin only.",
            description =
                    "All leads of theirs by merges with their submissions, changes, consents, events,"
                            + " money, appointments, facts, deliveries and visits, out of one state"
                            + " of the views. An answer without complete was cut off.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(type = "object")))
    void lead(
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response,
            @Parameter(hidden = true) Caller caller)
            throws CloseNowException {
        var erasure =
                erasure(UriUtils.encodePathSegment(id, StandardCharsets.UTF_8), request, caller);
        answer("lead", id, people -> people.ofLead(id), erasure, response);
    }

    @GetMapping(path = "/visitors", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Everything known of a visitor of a site, as a file. Admin only.",
            description =
                    "Visits, and submissions from them that are no lead's. Leads that came of them"
                            + " are named in other_lead_ids, each to be asked for by itself: others"
                            + " may have used the same browser.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(type = "object")))
    void visitor(
            @RequestParam("site_id") String siteId,
            @RequestParam("visitor_id") String visitorId,
            HttpServletRequest request,
            HttpServletResponse response,
            @Parameter(hidden = true) Caller caller)
            throws CloseNowException {
        String query =
                "visitor?site_id=%s&visitor_id=%s"
                        .formatted(
                                UriUtils.encode(siteId, StandardCharsets.UTF_8),
                                UriUtils.encode(visitorId, StandardCharsets.UTF_8));
        var erasure = erasure(query, request, caller);
        answer(
                "visitor",
                visitorId,
                people -> people.ofVisitor(siteId, visitorId),
                erasure,
                response);
    }

    private void answer(
            String what,
            String id,
            Function<PersonQuery, Optional<Person>> who,
            @Nullable JsonNode erasure,
            HttpServletResponse response)
            throws CloseNowException {
        boolean exists;
        try {
            exists = export.write(who, erasure, () -> begin(what, id, response));
        } catch (RuntimeException failed) {
            if (!response.isCommitted()) {
                throw failed;
            }
            // A problem document cannot follow any more; without this the answer would seem whole.
            log.atWarn().addKeyValue("cause", failed.toString()).log("export cut off");
            throw new CloseNowException(failed);
        }
        if (!exists) {
            throw notFound(what);
        }
    }

    private static OutputStream begin(String what, String id, HttpServletResponse response) {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(
                                "%s%s.json"
                                        .formatted(
                                                what, PLAIN.matcher(id).matches() ? "-" + id : ""))
                        .build()
                        .toString());
        try {
            return response.getOutputStream();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// How far they are forgotten, which command-api knows; asked before the views are held.
    ///
    /// @return null: nobody asked for it
    private @Nullable JsonNode erasure(String subject, HttpServletRequest request, Caller caller) {
        try {
            var told =
                    commandApi.send(
                            "GET", "/admin/erasures/" + subject, new byte[0], request, caller);
            if (told.getStatusCode().is2xxSuccessful()) {
                return json.readTree(told.getBody());
            }
            return told.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)
                    ? null
                    : unknown("command-api answers " + told.getStatusCode().value());
        } catch (ProblemException away) {
            return unknown("command-api does not answer");
        }
    }

    private JsonNode unknown(String reason) {
        return json.valueToTree(Map.of("state", "unknown", "reason", reason));
    }
}
