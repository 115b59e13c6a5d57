package io.headwater.command.platform;

/// A wish that a rule turned down: expected, told to the caller, never retried by us.
///
/// Carries no stack trace: it is an answer, not a fault. The edge maps [Reason] to a status.
public final class Refused extends RuntimeException {

    public enum Reason {
        /// no or a wrong credential: 401
        UNAUTHENTICATED,
        /// known, but not allowed: 403
        FORBIDDEN,
        /// what the request names does not exist: 404
        UNKNOWN,
        /// a rule about what exists already: 409
        RULE_VIOLATED,
        /// well formed but unacceptable: 422
        UNACCEPTABLE
    }

    private final Reason reason;
    private final String code;

    /// @param code slug of the rule, becomes `/problems/<code>`
    /// @param detail one sentence for the caller, no personal data
    public Refused(Reason reason, String code, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.code = code;
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
