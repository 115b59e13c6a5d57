package io.headwater.projectors.platform.keys;

import org.springframework.http.HttpStatus;

/// A request about a key that cannot be answered; an answer, so it carries no stack trace.
final class KeyRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Each has a page in `docs/problems`.
    enum Reason {
        UNAUTHENTICATED("unauthenticated", "The key is missing or wrong", HttpStatus.UNAUTHORIZED),
        INVALID_PARAMETER("invalid-parameter", "A parameter is not valid", HttpStatus.BAD_REQUEST),
        NOT_FOUND("not-found", "There is nothing here", HttpStatus.NOT_FOUND),
        HISTORY_INCOMPLETE("history-incomplete", "Its first events are gone", HttpStatus.CONFLICT),
        HISTORY_TOO_LONG(
                "history-too-long", "It has too many events", HttpStatus.UNPROCESSABLE_CONTENT),
        TOO_SLOW("query-too-slow", "The question takes too long", HttpStatus.GATEWAY_TIMEOUT),
        NOT_READY(
                "projection-not-ready",
                "The projection is not ready",
                HttpStatus.SERVICE_UNAVAILABLE);

        private final String slug;
        private final String title;
        private final HttpStatus status;

        Reason(String slug, String title, HttpStatus status) {
            this.slug = slug;
            this.title = title;
            this.status = status;
        }

        String type() {
            return "/problems/" + slug;
        }

        String title() {
            return title;
        }

        HttpStatus status() {
            return status;
        }
    }

    private final Reason reason;

    /// @param detail one sentence for the caller, no personal data
    KeyRefusal(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
