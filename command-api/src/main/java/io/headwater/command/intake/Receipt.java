package io.headwater.command.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One authentic request: who sent it, on whose behalf, when.
///
/// @param receiptId UUIDv7
/// @param channel form, api, webhook or import
public record Receipt(
        String receiptId,
        String siteId,
        String channel,
        @Nullable String sourceId,
        @Nullable String provider,
        @Nullable String integrationId,
        @Nullable String formId,
        Instant receivedAt) {

    public static final String FORM = "form";
    public static final String API = "api";
    public static final String WEBHOOK = "webhook";
    public static final String IMPORT = "import";
}
