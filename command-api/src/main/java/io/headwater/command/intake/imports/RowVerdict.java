package io.headwater.command.intake.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.web.ProblemType;
import org.jspecify.annotations.Nullable;

/// What became of one row, or would become of it.
///
/// @param key as sent; null: it could not be read
/// @param outcome valid (of a dry run), refused, pending, or what the decider says: accepted,
///   duplicate, test
/// @param leadId of a lead
/// @param sessionId of a session
/// @param field at fault, of a refusal; null: the row as a whole is
/// @param code slug of a problem type, of a refusal
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowVerdict(
        @Nullable String key,
        String outcome,
        @JsonProperty("lead_id") @Nullable String leadId,
        @JsonProperty("session_id") @Nullable String sessionId,
        @Nullable String field,
        @Nullable String code,
        @Nullable String detail) {

    static final String ACCEPTED = "accepted";
    static final String DUPLICATE = "duplicate";
    static final String REFUSED = "refused";
    static final String VALID = "valid";
    private static final String PENDING = "pending";

    static RowVerdict valid(String key) {
        return new RowVerdict(key, VALID, null, null, null, null, null);
    }

    static RowVerdict pending(String key) {
        return new RowVerdict(key, PENDING, null, null, null, null, null);
    }

    static RowVerdict lead(
            String key,
            String outcome,
            @Nullable String leadId,
            @Nullable String code,
            @Nullable String detail) {
        return new RowVerdict(key, outcome, leadId, null, null, code, detail);
    }

    static RowVerdict session(String key, String outcome, String sessionId) {
        return new RowVerdict(key, outcome, null, sessionId, null, null, null);
    }

    static RowVerdict refused(
            @Nullable String key, @Nullable String field, ProblemType type, String detail) {
        return new RowVerdict(key, REFUSED, null, null, field, type.slug(), detail);
    }

    boolean is(String wanted) {
        return outcome.equals(wanted);
    }
}
