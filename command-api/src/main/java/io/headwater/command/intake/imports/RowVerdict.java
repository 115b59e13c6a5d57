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
/// @param code slug of a problem type, of a refusal
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowVerdict(
        @Nullable String key,
        String outcome,
        @JsonProperty("lead_id") @Nullable String leadId,
        @Nullable String code,
        @Nullable String detail) {

    static final String REFUSED = "refused";
    static final String PENDING = "pending";
    private static final String VALID = "valid";

    static RowVerdict valid(String key) {
        return new RowVerdict(key, VALID, null, null, null);
    }

    static RowVerdict pending(String key) {
        return new RowVerdict(key, PENDING, null, null, null);
    }

    static RowVerdict refused(@Nullable String key, ProblemType type, String detail) {
        return new RowVerdict(key, REFUSED, null, type.slug(), detail);
    }
}
