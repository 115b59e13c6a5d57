package io.headwater.command.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/// How long a caller wants to wait for a decision: `Prefer: wait=N`, or `?wait=N` where a header
/// cannot be set, in whole seconds. 0: take what is decided at once, else 202.
///
/// source: RFC 7240, sections 3 and 4.3
public final class PreferredWait {

    /// Who wants to know later than that asks for the status.
    public static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Pattern HEADER =
            Pattern.compile(
                    "(?:^|,)\\s*wait\\s*=\\s*\"?([0-9]+)\"?\\s*(?:$|[,;])",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern QUERY = Pattern.compile("(?:^|&)wait=([0-9]+)(?:&|$)");

    private PreferredWait() {}

    /// Never reads the body, which asking for a parameter would.
    ///
    /// @return at most [#LONGEST]; empty when the caller does not say
    public static Optional<Duration> of(HttpServletRequest request) {
        var header =
                HEADER.matcher(String.join(",", Collections.list(request.getHeaders("Prefer"))));
        if (header.find()) {
            return Optional.of(seconds(header.group(1)));
        }
        String query = request.getQueryString();
        var parameter = QUERY.matcher(query == null ? "" : query);
        return parameter.find() ? Optional.of(seconds(parameter.group(1))) : Optional.empty();
    }

    /// Says in the answer how long was waited at most, where the caller had a wish.
    public static void confirm(HttpServletRequest request, HttpServletResponse response) {
        of(request)
                .ifPresent(wait ->
                        response.setHeader("Preference-Applied", "wait=" + wait.toSeconds()));
    }

    private static Duration seconds(String digits) {
        // more digits than any sensible number has
        var wanted = digits.length() > 9 ? LONGEST : Duration.ofSeconds(Integer.parseInt(digits));
        return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    }
}
