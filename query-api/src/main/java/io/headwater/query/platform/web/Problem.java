package io.headwater.query.platform.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// An RFC 9457 problem document with the members all of Headwater's errors have.
///
/// @param type `/problems/<slug>`
/// @param title fixed per type
/// @param detail about this case
/// @param errors the fields at fault, empty when none is
/// @param traceId 32 hex digits, in the log as well; the caller's when a `traceparent` came
/// @param error the detail again, for callers of the first version
@Schema(description = "RFC 9457 problem document, sent as application/problem+json")
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<FieldError> errors,
        @JsonProperty("traceId") String traceId,
        String error) {

    /// @param field name of the parameter or member
    public record FieldError(String field, String message) {}
}
