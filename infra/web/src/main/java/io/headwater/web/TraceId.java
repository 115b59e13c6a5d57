package io.headwater.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/// The id that a caller's problem document and our log lines share: the caller's own from
/// `traceparent` where it sent one, else a new one.
public final class TraceId {

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String ATTRIBUTE = TraceId.class.getName();

    private TraceId() {}

    /// @return 32 hex digits, the same for the whole request
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String sent = request.getHeader("traceparent");
        var matcher = sent == null ? null : TRACEPARENT.matcher(sent);
        String id =
                matcher != null && matcher.matches()
                        ? matcher.group(1)
                        : UUID.randomUUID().toString().replace("-", "");
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
