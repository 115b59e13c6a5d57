package io.headwater.command.platform.directory;

import org.jspecify.annotations.Nullable;

/// @param formJson the form's schema, JSON text
/// @param thankYouUrl where browser posts are redirected to; null: a built-in page
public record FormConfig(
        String siteId, String formId, String name, String formJson, @Nullable String thankYouUrl) {}
