package io.headwater.command.platform.web;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/// Everything that can be wrong with a request: slug, status and title are fixed per type, and each
/// slug has a page in `docs/problems`.
public enum ProblemType {
    BAD_REQUEST("bad-request", HttpStatus.BAD_REQUEST, "The request is malformed"),
    EMPTY_BODY("empty-body", HttpStatus.BAD_REQUEST, "The body is empty"),
    MALFORMED_BODY("malformed-body", HttpStatus.BAD_REQUEST, "The body cannot be read"),
    INVALID_FIELDS("invalid-fields", HttpStatus.BAD_REQUEST, "Fields are missing or invalid"),
    UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED, "The key is missing or wrong"),
    INVALID_SIGNATURE(
            "invalid-signature", HttpStatus.UNAUTHORIZED, "The delivery is not authentic"),
    FORBIDDEN("forbidden", HttpStatus.FORBIDDEN, "Not allowed"),
    SITE_NOT_ALLOWED("site-not-allowed", HttpStatus.FORBIDDEN, "The site does not allow this"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing here"),
    UNKNOWN_SOURCE("unknown-source", HttpStatus.NOT_FOUND, "No such provider or source"),
    METHOD_NOT_ALLOWED(
            "method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed"),
    NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "No acceptable representation"),
    CONFLICT("conflict", HttpStatus.CONFLICT, "A rule forbids this"),
    BODY_TOO_LARGE("body-too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type",
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The content type is not supported"),
    UNACCEPTABLE_SUBMISSION(
            "unacceptable-submission",
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The submission cannot be accepted"),
    INVALID_EMAIL(
            "invalid-email", HttpStatus.UNPROCESSABLE_CONTENT, "The e-mail address is not one"),
    INVALID_TIMESTAMP(
            "invalid-timestamp", HttpStatus.UNPROCESSABLE_CONTENT, "The time cannot be read"),
    ABSURD_TIMESTAMP(
            "absurd-timestamp", HttpStatus.UNPROCESSABLE_CONTENT, "The time cannot be true"),
    NO_IDENTITY(
            "no-identity", HttpStatus.UNPROCESSABLE_CONTENT, "Nothing tells who submitted this"),
    UNEXPECTED_SHAPE(
            "unexpected-shape",
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The provider sent another shape than it documents"),
    PRESET_FAILED(
            "preset-failed", HttpStatus.UNPROCESSABLE_CONTENT, "The provider's preset failed"),
    CAP_REACHED("cap-reached", HttpStatus.UNPROCESSABLE_CONTENT, "The source's cap is reached"),
    HYDRATION_FAILED(
            "hydration-failed",
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The provider did not tell the lead"),
    IDEMPOTENCY_KEY_REUSED(
            "idempotency-key-reused",
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The idempotency key belongs to another body"),
    IDEMPOTENCY_KEY_IN_FLIGHT(
            "idempotency-key-in-flight",
            HttpStatus.CONFLICT,
            "The first request with this idempotency key is not answered yet"),
    TOO_MANY_WRONG_KEYS("too-many-wrong-keys", HttpStatus.TOO_MANY_REQUESTS, "Too many wrong keys"),
    RATE_LIMITED("rate-limited", HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL_ERROR("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "An unexpected error"),
    NOT_READY("not-ready", HttpStatus.SERVICE_UNAVAILABLE, "Still starting"),
    POSTGRES_UNAVAILABLE(
            "postgres-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Postgres does not answer"),
    VAULT_UNAVAILABLE(
            "vault-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The key vault does not answer"),
    LOG_UNAVAILABLE("log-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Nothing can be stored now");

    private final String slug;
    private final HttpStatus status;
    private final String title;

    ProblemType(String slug, HttpStatus status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String slug() {
        return slug;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    public Problem with(String detail) {
        return Problem.of(this, detail);
    }

    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug.equals(slug)).findFirst();
    }

    /// @return the general type of a status, for what the framework turns down by itself
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> UNACCEPTABLE_SUBMISSION;
            case 429 -> RATE_LIMITED;
            case 503 -> NOT_READY;
            default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }
}
