package io.headwater.query.session;

import static io.headwater.query.platform.web.ProblemException.badParameter;
import static io.headwater.query.platform.web.ProblemException.notFound;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.view.Reads;
import io.headwater.query.platform.view.SessionView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/replay/sessions")
@Tag(name = "sessions")
class SessionController {
    private final SessionQuery sessions;

    SessionController(SessionQuery sessions) {
        this.sessions = sessions;
    }

    @GetMapping
    @Reads("sessions")
    @Operation(
            summary = "Visits, page by page.",
            description = "Marketing keys see addresses of pages without their query.")
    Paged<SessionView> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(name = "visitor_id", required = false) @Nullable String visitorId,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "started_at_desc",
                                                "started_at_asc",
                                                "engagement_score_desc"
                                            },
                                            defaultValue = "started_at_desc"))
                    @RequestParam(required = false)
                    @Nullable String sort,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
            @Parameter(
                            description =
                                    "rows to skip, for callers of the first version; prefer cursor")
                    @RequestParam(defaultValue = "0")
                    @Min(0)
                    @Max(100_000)
                    int offset,
            @Parameter(description = "next_cursor of the page before")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        if (offset > 0 && cursor != null && !cursor.isBlank()) {
            throw badParameter("offset", "cannot be combined with cursor");
        }
        return sessions.list(visitorId, offset, Keyset.of(SessionQuery.ORDERS, sort, cursor, limit))
                .map(caller::see);
    }

    @GetMapping("/{id}")
    @Reads({"sessions", "leads"})
    @Operation(summary = "One visit with the leads that came out of it.")
    SessionDetailView find(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        SessionView session = sessions.find(id).orElseThrow(() -> notFound("session"));
        return new SessionDetailView(caller.see(session), sessions.leadsOf(session));
    }
}
