package io.headwater.query.lead;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// Rows of `read.submissions`, with or without their payload.
record SubmissionRows(JsonMapper json, boolean withPayload) implements RowMapper<SubmissionView> {

    @Override
    public SubmissionView mapRow(ResultSet row, int number) throws SQLException {
        return new SubmissionView(
                row.getString("submission_id"),
                row.getString("receipt_id"),
                row.getString("lead_id"),
                row.getString("outcome"),
                row.getString("code"),
                row.getString("detail"),
                row.getString("duplicate_of"),
                row.getString("channel"),
                row.getString("source_id"),
                row.getString("provider"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("project_name"),
                row.getString("source"),
                row.getString("lead_source"),
                row.getString("utm_source"),
                row.getString("utm_campaign"),
                row.getString("country"),
                instant(row, "received_at"),
                instant(row, "submitted_at"),
                optional(row, "duplicate_received_at"),
                row.getString("duplicate_source_id"),
                age(row),
                row.getBoolean("released"),
                row.getBoolean("imported"),
                row.getInt("edits"),
                row.getObject("mapping_version", Integer.class),
                row.getString("external_id"),
                row.getString("browser"),
                row.getString("os"),
                withPayload ? payload(row.getString("payload")) : null);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Instant time = optional(row, column);
        if (time == null) {
            throw new SQLException(column + " is null");
        }
        return time;
    }

    private static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Long age(ResultSet row) throws SQLException {
        Instant first = optional(row, "duplicate_received_at");
        return first == null
                ? null
                : Duration.between(first, instant(row, "received_at")).toSeconds();
    }

    /// Every number with the digits it came with. A payload that is no JSON, which only an older
    /// writer can have left, is shown as text.
    private @Nullable JsonNode payload(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return json.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(text);
        } catch (JacksonException e) {
            return StringNode.valueOf(text);
        }
    }
}
