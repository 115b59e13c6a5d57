package io.headwater.query.platform.access;

import io.headwater.web.AuditLine;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/// A line for each answer with unmasked people in it, and for each caller who may not.
final class AccessAudit {

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
        String operation = AuditLine.operation(request);
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
        var asked =
                AuditLine.operation(request).startsWith(EXPORT)
                        ? OF_VISITOR.stream().map(request::getParameter).filter(Objects::nonNull)
                        : Stream.<String>empty();
        AuditLine.tell(level, request, actor, asked, status, what);
    }
}
