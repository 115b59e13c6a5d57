package io.headwater.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.web.servlet.HandlerMapping;

/// A line of the logger `audit`: who asked, for what, of which thing, with which end.
///
/// Ids of things only: what a request says otherwise may name a person.
public final class AuditLine {

    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private AuditLine() {}

    /// @param actor `key:marketing`, or `nobody` without a key that is known
    /// @param asked what the request names besides its path; what is no id is told as `?`
    /// @param status of the answer
    public static void tell(
            Level level,
            HttpServletRequest request,
            String actor,
            Stream<String> asked,
            int status,
            String what) {
        LOG.atLevel(level)
                .addKeyValue("actor", actor)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("operation", operation(request))
                .addKeyValue("subject", subject(request, asked))
                .addKeyValue("status", status)
                .addKeyValue("traceId", TraceId.of(request))
                .log(what);
    }

    /// @return as it is documented; empty of what never reached one
    public static String operation(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                        instanceof String pattern
                ? pattern
                : "";
    }

    private static String subject(HttpServletRequest request, Stream<String> asked) {
        var named =
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                                instanceof Map<?, ?> variables
                        ? variables.values().stream().map(String::valueOf)
                        : Stream.<String>empty();
        return Stream.concat(named, asked)
                .map(value -> ID.matcher(value).matches() ? value : "?")
                .collect(Collectors.joining(" "));
    }
}
