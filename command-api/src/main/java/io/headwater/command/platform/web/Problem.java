package io.headwater.command.platform.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One refusal as the caller sees it: RFC 9457, with the `error` string of the first version.
///
/// @param slug becomes `type` = `/problems/<slug>`
/// @param detail about this case; no personal data, no secret
/// @param reason code within the type, or null; also the older `error` string
/// @param retryAfter becomes the header of that name, or null
public record Problem(
        String slug,
        int status,
        String title,
        String detail,
        @Nullable String reason,
        List<FieldError> errors,
        @Nullable Duration retryAfter) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemType type, String detail) {
        return new Problem(
                type.slug(), type.status().value(), type.title(), detail, null, List.of(), null);
    }

    /// For slugs of other features: their title is the slug in words.
    static Problem named(String slug, ProblemType general, String detail) {
        var known = ProblemType.ofSlug(slug);
        if (known.isPresent()) {
            return of(known.get(), detail);
        }
        String words = slug.replace('-', ' ');
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return new Problem(slug, general.status().value(), title, detail, null, List.of(), null);
    }

    public Problem because(String reasonCode) {
        return new Problem(slug, status, title, detail, reasonCode, errors, retryAfter);
    }

    public Problem on(List<FieldError> fields) {
        return new Problem(slug, status, title, detail, reason, List.copyOf(fields), retryAfter);
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(slug, status, title, detail, reason, errors, wait);
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    public Map<String, Object> toDocument(String traceId) {
        var document = new LinkedHashMap<String, Object>();
        document.put("type", "/problems/" + slug);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        if (reason != null) {
            document.put("reason", reason);
        }
        if (!errors.isEmpty()) {
            document.put("errors", errors);
        }
        document.put("traceId", traceId);
        document.put("error", reason != null ? reason : detail);
        return document;
    }
}
