package io.headwater.query.platform.access;

import io.headwater.web.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.web.servlet.HandlerMapping;

/// A line for each answer with unmasked people in it, and for each caller who may not: who, what,
/// of which thing, with which end.
///
/// Ids of things only: what a request says otherwise may name a person.
final class AccessAudit {

    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /// Operations whose answers have names, addresses and numbers in them.
    private static final Pattern PERSONAL =
            Pattern.compile(
                    "/analytics/(?:leads|submissions|blocked-leads|testing-leads|duplicates|facts|"
                            + "webhooks|quarantine)(?:/\\{.*)?|/replay/sessions(?:/.*)?|"
                            + "/admin/quarantine/.*");

    /// Operations that hand out all that is known of somebody.
    private static final String EXPORT = "/admin/export/";

    /// Parameters of these that say of whom.
    private static final List<String> OF_VISITOR = List.of("site_id", "visitor_id");

    private AccessAudit() {}

    static void answered(HttpServletRequest request, Caller caller, int status) {
        String operation = operation(request);
        if (!caller.isAdmin() || !request.getMethod().equals("GET")) {
            return;
        }
        if (operation.startsWith(EXPORT)) {
            tell(Level.INFO, request, "key:admin", status, "personal data exported");
        } else if (PERSONAL.matcher(operation).matches()) {
            tell(Level.INFO, request, "key:admin", status, "personal data read");
        }
    }

    /// @param actor `key:marketing`, or `nobody` without a key that is known
    static void refused(HttpServletRequest request, String actor, int status) {
        tell(Level.WARN, request, actor, status, "access refused");
    }

    private static void tell(
            Level level, HttpServletRequest request, String actor, int status, String what) {
        LOG.atLevel(level)
                .addKeyValue("actor", actor)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("operation", operation(request))
                .addKeyValue("subject", subject(request))
                .addKeyValue("status", status)
                .addKeyValue("traceId", TraceId.of(request))
                .log(what);
    }

    /// @return as it is documented; empty of what never reached one
    private static String operation(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                        instanceof String pattern
                ? pattern
                : "";
    }

    private static String subject(HttpServletRequest request) {
        var named =
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                                instanceof Map<?, ?> variables
                        ? variables.values().stream().map(String::valueOf)
                        : Stream.<String>empty();
        var asked =
                operation(request).startsWith(EXPORT)
                        ? OF_VISITOR.stream().map(request::getParameter).filter(Objects::nonNull)
                        : Stream.<String>empty();
        return Stream.concat(named, asked)
                .map(value -> ID.matcher(value).matches() ? value : "?")
                .collect(Collectors.joining(" "));
    }
}
