package io.headwater.command.intake.capture;

import io.headwater.command.platform.web.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the caller of lead capture gets: JSON, a redirect, or the built-in thank-you page.
///
/// @param status 200, 202 or that of the redirect
/// @param location of the redirect or of the pending decision, or null
/// @param document null: the thank-you page
record CaptureAnswer(
        String channel,
        int status,
        @Nullable String location,
        @Nullable Map<String, Object> document) {

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Thank you</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"></head>
            <body><h1>Thank you</h1><p>We have received your message.</p></body>
            </html>
            """;

    static CaptureAnswer decided(
            String channel, @Nullable String leadId, String submissionId, String status) {
        return new CaptureAnswer(channel, 200, null, document(leadId, submissionId, status));
    }

    /// With the verdict: a duplicate of what, from where, how old. What was blocked the first time
    /// is named as any other.
    ///
    /// @param values of the decision
    static CaptureAnswer duplicate(
            String channel,
            @Nullable String leadId,
            String submissionId,
            Map<String, String> values) {
        var document = document(leadId, submissionId, "duplicate");
        if (values.containsKey("duplicate_of")) {
            var first = new LinkedHashMap<String, @Nullable Object>();
            first.put("submission_id", values.get("duplicate_of"));
            first.put("lead_id", values.get("duplicate_of_lead_id"));
            first.put("source_id", values.get("duplicate_of_source_id"));
            first.put("received_at", values.get("duplicate_of_received_at"));
            String age = values.get("duplicate_age_seconds");
            first.put("age_seconds", age == null ? null : Long.valueOf(age));
            document.put("duplicate_of", first);
        }
        return new CaptureAnswer(channel, 200, null, document);
    }

    static CaptureAnswer pending(String channel, String submissionId) {
        String url = "/commands/" + submissionId;
        var document = document(null, submissionId, "pending");
        document.put("status_url", url);
        return new CaptureAnswer(channel, 202, url, document);
    }

    /// @param url of the form's own page, or null for the built-in one
    static CaptureAnswer browser(String channel, int redirectStatus, @Nullable String url) {
        return new CaptureAnswer(channel, url == null ? 200 : redirectStatus, url, null);
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        if (location != null) {
            response.setHeader("Location", location);
        }
        if (document != null) {
            Problems.writeJson(response, "application/json", document);
        } else if (location == null) {
            byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
            response.setContentType("text/html;charset=utf-8");
            response.setContentLength(page.length);
            response.getOutputStream().write(page);
        }
    }

    private static Map<String, Object> document(
            @Nullable String leadId, String submissionId, String status) {
        var document = new LinkedHashMap<String, Object>();
        document.put("success", true);
        document.put("lead_id", leadId);
        document.put("submission_id", submissionId);
        document.put("status", status);
        return document;
    }
}
