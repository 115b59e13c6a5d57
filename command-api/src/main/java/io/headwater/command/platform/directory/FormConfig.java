package io.headwater.command.platform.directory;

import org.jspecify.annotations.Nullable;

/// @param formJson the form's schema, JSON text
/// @param thankYouUrl where browser posts are redirected to; null: a built-in page
/// @param enabled whether it may send leads
public record FormConfig(
        String siteId,
        String formId,
        String name,
        String formJson,
        @Nullable String thankYouUrl,
        boolean enabled) {

    /// One that may send leads.
    public FormConfig(
            String siteId,
            String formId,
            String name,
            String formJson,
            @Nullable String thankYouUrl) {
        this(siteId, formId, name, formJson, thankYouUrl, true);
    }
}
