package io.headwater.command.lead.life;

import io.headwater.command.platform.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The rules about the life of a lead: each names the problem that its refusal is,
/// `/problems/<code>`.
public enum LifeProblem {
    UNKNOWN_LEAD(Refused.Reason.UNKNOWN),
    LEAD_MERGED(Refused.Reason.RULE_VIOLATED),
    LEAD_ERASED(Refused.Reason.RULE_VIOLATED),
    ERASURE_NOT_REQUESTED(Refused.Reason.RULE_VIOLATED),
    VERSION_CONFLICT(Refused.Reason.RULE_VIOLATED),
    AT_BEFORE_CAPTURE(Refused.Reason.UNACCEPTABLE),
    AT_IN_FUTURE(Refused.Reason.UNACCEPTABLE),
    STAGE_UNKNOWN(Refused.Reason.RULE_VIOLATED),
    ALREADY_WON(Refused.Reason.RULE_VIOLATED),
    ALREADY_LOST(Refused.Reason.RULE_VIOLATED),
    ALREADY_RETURNED(Refused.Reason.RULE_VIOLATED),
    WON_LEAD_CANNOT_MOVE(Refused.Reason.RULE_VIOLATED),
    WON_LEAD_CANNOT_BE_LOST(Refused.Reason.RULE_VIOLATED),
    WON_LEAD_CANNOT_BE_RETURNED(Refused.Reason.RULE_VIOLATED),
    LOST_LEAD_CANNOT_MOVE(Refused.Reason.RULE_VIOLATED),
    LOST_LEAD_CANNOT_BE_WON(Refused.Reason.RULE_VIOLATED),
    RETURNED_LEAD_CANNOT_MOVE(Refused.Reason.RULE_VIOLATED),
    RETURNED_LEAD_CANNOT_BE_WON(Refused.Reason.RULE_VIOLATED),
    RETURNED_LEAD_CANNOT_BE_LOST(Refused.Reason.RULE_VIOLATED),
    LEAD_CLOSED(Refused.Reason.RULE_VIOLATED),
    LEAD_NOT_CLOSED(Refused.Reason.RULE_VIOLATED),
    APPOINTMENT_EXISTS(Refused.Reason.RULE_VIOLATED),
    APPOINTMENT_UNKNOWN(Refused.Reason.RULE_VIOLATED),
    APPOINTMENT_REPLACED(Refused.Reason.RULE_VIOLATED),
    ILLEGAL_APPOINTMENT_CHANGE(Refused.Reason.RULE_VIOLATED),
    QUOTE_EXISTS(Refused.Reason.RULE_VIOLATED),
    REFUND_EXISTS(Refused.Reason.RULE_VIOLATED),
    REFUND_UNKNOWN(Refused.Reason.RULE_VIOLATED),
    REFUND_ALREADY_REVERSED(Refused.Reason.RULE_VIOLATED),
    REFUND_EXCEEDS_REVENUE(Refused.Reason.RULE_VIOLATED),
    MERGE_CYCLE(Refused.Reason.RULE_VIOLATED),
    MERGE_TARGET_UNKNOWN(Refused.Reason.RULE_VIOLATED),
    NOT_MERGED(Refused.Reason.RULE_VIOLATED),
    SURVIVOR_MERGED(Refused.Reason.RULE_VIOLATED);

    private final Refused.Reason reason;

    LifeProblem(Refused.Reason reason) {
        this.reason = reason;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Refused.Reason reason() {
        return reason;
    }

    /// @param detail one sentence for the caller, no personal data
    public Refused because(String detail) {
        return new Refused(reason, code(), detail);
    }

    public static Optional<LifeProblem> of(String code) {
        return Arrays.stream(values()).filter(problem -> problem.code().equals(code)).findFirst();
    }
}
