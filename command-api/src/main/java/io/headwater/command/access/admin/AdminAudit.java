package io.headwater.command.access.admin;

import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.web.AuditLine;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/// A line for each change that an administrator asked for, and for each caller who may not. What
/// was decided stands in the events, with the same actor.
final class AdminAudit {

    private AdminAudit() {}

    static void administered(HttpServletRequest request, int status) {
        if (!request.getMethod().equals("GET")) {
            AuditLine.tell(
                    Level.INFO, request, actor(request), Stream.empty(), status, "administered");
        }
    }

    /// @param actor `key:marketing`, or `nobody` without a key that is known
    static void refused(HttpServletRequest request, String actor, int status) {
        AuditLine.tell(
                Level.WARN, request, actor, Stream.empty(), status, "administration refused");
    }

    private static String actor(HttpServletRequest request) {
        try {
            return Actor.of(request);
        } catch (ProblemException unreadable) {
            return "key:admin"; // the request was refused for it
        }
    }
}
