package io.headwater.query.platform.web;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/// The problems this application answers with; each has a page in `docs/problems`.
public enum ProblemKind {
    INVALID_PARAMETER("invalid-parameter", "A parameter is not valid", HttpStatus.BAD_REQUEST),
    BAD_REQUEST("bad-request", "The request is malformed", HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED("unauthenticated", "The key is missing or wrong", HttpStatus.UNAUTHORIZED),
    TOO_MANY_WRONG_KEYS("too-many-wrong-keys", "Too many wrong keys", HttpStatus.TOO_MANY_REQUESTS),
    FORBIDDEN("forbidden", "Not allowed", HttpStatus.FORBIDDEN),
    NOT_FOUND("not-found", "There is nothing here", HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(
            "method-not-allowed", "The method is not allowed", HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE("not-acceptable", "No acceptable representation", HttpStatus.NOT_ACCEPTABLE),
    BODY_TOO_LARGE("body-too-large", "The body is too large", HttpStatus.CONTENT_TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type",
            "The content type is not supported",
            HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    INTERNAL_ERROR("internal-error", "An unexpected error", HttpStatus.INTERNAL_SERVER_ERROR),
    COMMAND_API_UNAVAILABLE(
            "command-api-unavailable", "The command API does not answer", HttpStatus.BAD_GATEWAY),
    PROJECTORS_UNREACHABLE(
            "projectors-unreachable", "The projectors cannot be reached", HttpStatus.BAD_GATEWAY),
    POSTGRES_UNAVAILABLE(
            "postgres-unavailable", "Postgres does not answer", HttpStatus.SERVICE_UNAVAILABLE),
    QUERY_TOO_SLOW("query-too-slow", "The question takes too long", HttpStatus.GATEWAY_TIMEOUT),
    TOO_MANY_STREAMS(
            "too-many-streams", "Too many event streams are open", HttpStatus.SERVICE_UNAVAILABLE),
    VIEWS_MISSING(
            "views-missing", "The views are not published yet", HttpStatus.SERVICE_UNAVAILABLE),
    CONFLICT("conflict", "A rule forbids this", HttpStatus.CONFLICT),
    UNKNOWN_PROJECTION("unknown-projection", "Unknown projection", HttpStatus.NOT_FOUND),
    UNKNOWN_GENERATION("unknown-generation", "Unknown generation", HttpStatus.NOT_FOUND),
    REBUILD_RUNNING("rebuild-running", "A rebuild is running", HttpStatus.CONFLICT),
    NOTHING_TO_ROLL_BACK_TO(
            "nothing-to-roll-back-to",
            "There is no generation to roll back to",
            HttpStatus.CONFLICT),
    GENERATION_BEHIND("generation-behind", "The generation is behind", HttpStatus.CONFLICT),
    VIEWS_IN_USE("views-in-use", "Readers hold on to the views", HttpStatus.CONFLICT),
    NOTHING_TO_RETIRE("nothing-to-retire", "There is nothing to retire", HttpStatus.CONFLICT),
    GENERATION_LIVE("generation-live", "The generation is live", HttpStatus.CONFLICT),
    NO_KEYS("no-keys", "The projection has no keys", HttpStatus.CONFLICT),
    PROJECTORS_UNAVAILABLE(
            "projectors-unavailable",
            "The projectors do not answer",
            HttpStatus.SERVICE_UNAVAILABLE);

    private final String slug;
    private final String title;
    private final HttpStatus status;

    ProblemKind(String slug, String title, HttpStatus status) {
        this.slug = slug;
        this.title = title;
        this.status = status;
    }

    public String type() {
        return "/problems/" + slug;
    }

    public String title() {
        return title;
    }

    public HttpStatus status() {
        return status;
    }

    /// The problem of a rule that another application named; empty when it is not known here.
    ///
    /// @param code the last part of the type
    public static Optional<ProblemKind> ofRule(String code) {
        return Arrays.stream(values()).filter(kind -> kind.slug.equals(code)).findFirst();
    }

    /// The problem that says what this status says.
    static ProblemKind of(int status) {
        for (ProblemKind kind : values()) {
            if (kind.status.value() == status && kind != INVALID_PARAMETER) {
                return kind;
            }
        }
        return status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
    }
}
