package io.headwater.query;

import java.util.List;

/// Names of the members that the contract promises, in order.
final class Members {
    static final List<String> LEAD =
            List.of(
                    "lead_id",
                    "site_id",
                    "status",
                    "first_name",
                    "last_name",
                    "email",
                    "phone",
                    "project_name",
                    "source",
                    "lead_source",
                    "source_id",
                    "provider",
                    "channel",
                    "country",
                    "city",
                    "utm_source",
                    "utm_medium",
                    "utm_campaign",
                    "visitor_id",
                    "session_id",
                    "device_type",
                    "engagement_score",
                    "engagement_label",
                    "submissions",
                    "facts",
                    "created_at",
                    "last_submitted_at");
    static final List<String> SUBMISSION =
            List.of(
                    "submission_id",
                    "lead_id",
                    "outcome",
                    "code",
                    "detail",
                    "duplicate_of",
                    "channel",
                    "source_id",
                    "provider",
                    "first_name",
                    "last_name",
                    "email",
                    "phone",
                    "project_name",
                    "source",
                    "lead_source",
                    "utm_source",
                    "utm_campaign",
                    "country",
                    "received_at",
                    "submitted_at");
    static final List<String> FACT =
            List.of(
                    "fact_id",
                    "lead_id",
                    "provider",
                    "kind",
                    "email",
                    "full_name",
                    "amount_minor",
                    "currency",
                    "starts_at",
                    "test",
                    "occurred_at",
                    "received_at");
    static final List<String> SESSION =
            List.of(
                    "session_id",
                    "visitor_id",
                    "site_id",
                    "started_at",
                    "ended_at",
                    "last_event_at",
                    "closed",
                    "event_count",
                    "page_views",
                    "clicks",
                    "max_scroll_percent",
                    "duration_seconds",
                    "return_visits",
                    "engagement_score",
                    "engagement_label",
                    "entry_page",
                    "exit_page",
                    "referrer",
                    "utm_source",
                    "utm_campaign",
                    "device_type",
                    "country");

    private Members() {}
}
