package io.headwater.command.access.admin;

import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.web.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.web.servlet.HandlerMapping;

/// A line for each change that an administrator asked for, and for each caller who may not: who,
/// what, of which thing, with which end. What was decided stands in the events, with the same
/// actor.
///
/// Ids of things only: what a request says otherwise is not ours to log.
final class AdminAudit {

    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private AdminAudit() {}

    static void administered(HttpServletRequest request, int status) {
        if (!request.getMethod().equals("GET")) {
            tell(Level.INFO, request, actor(request), status, "administered");
        }
    }

    /// @param actor `key:marketing`, or `nobody` without a key that is known
    static void refused(HttpServletRequest request, String actor, int status) {
        tell(Level.WARN, request, actor, status, "administration refused");
    }

    private static void tell(
            Level level, HttpServletRequest request, String actor, int status, String what) {
        LOG.atLevel(level)
                .addKeyValue("actor", actor)
                .addKeyValue("method", request.getMethod())
                .addKeyValue(
                        "operation",
                        String.valueOf(
                                request.getAttribute(
                                        HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)))
                .addKeyValue("subject", subject(request))
                .addKeyValue("status", status)
                .addKeyValue("traceId", TraceId.of(request))
                .log(what);
    }

    private static String subject(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables
                ? variables.values().stream()
                        .map(String::valueOf)
                        .map(value -> ID.matcher(value).matches() ? value : "?")
                        .collect(Collectors.joining(" "))
                : "";
    }

    private static String actor(HttpServletRequest request) {
        try {
            return Actor.of(request);
        } catch (ProblemException unreadable) {
            return "key:admin"; // the request was refused for it
        }
    }
}
