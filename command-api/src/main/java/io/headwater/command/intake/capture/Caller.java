package io.headwater.command.intake.capture;

import io.headwater.command.platform.directory.FormConfig;
import org.jspecify.annotations.Nullable;

/// Who submits: a server with an integration's key, or a visitor through a site's form.
///
/// @param form of a form post, and of a keyed call that names a known one
/// @param formId as a keyed call gives it, known or not, for attribution; that of the form else
/// @param key as presented; it must not be kept
record Caller(
        String siteId,
        @Nullable String integrationId,
        @Nullable FormConfig form,
        @Nullable String formId,
        @Nullable String key) {

    boolean keyed() {
        return integrationId != null;
    }
}
