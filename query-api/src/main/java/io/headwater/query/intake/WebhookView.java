package io.headwater.query.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One delivery in the audit.
///
/// @param outcome accepted, or why it was not: unauthenticated, unreadable, too-large, unsupported
///   …
/// @param reason code of that
/// @param status HTTP status answered; null: it followed from the decision
/// @param bodyBytes as sent
/// @param submissionCount how many submissions it carried
record WebhookView(
        String receiptId,
        @Nullable String siteId,
        @Nullable String sourceId,
        @Nullable String provider,
        String channel,
        String outcome,
        @Nullable String reason,
        @Nullable Integer status,
        @Nullable String contentType,
        long bodyBytes,
        int submissionCount,
        Instant receivedAt) {

    static final String COLUMNS =
            """
            receipt_id, site_id, source_id, provider, channel, outcome, reason, status,
            content_type, body_bytes, cardinality(submission_ids) as submission_count, received_at
            """;
}
