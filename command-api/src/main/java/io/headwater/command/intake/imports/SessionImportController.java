package io.headwater.command.intake.imports;

import io.headwater.command.platform.directory.AccessDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `POST /admin/import/sessions`: a JSON object per line, its members named like [SessionField].
/// `GET` tells what came so far.
@RestController
final class SessionImportController {

    private static final String PATH = "/admin/import/sessions";

    private final SessionImport sessions;
    private final AccessDirectory directory;
    private final ImportBody body;

    SessionImportController(SessionImport sessions, AccessDirectory directory, ImportBody body) {
        this.sessions = sessions;
        this.directory = directory;
        this.body = body;
    }

    /// @param siteId that the sessions were of
    /// @param dryRun judge only, write nothing
    @PostMapping(PATH)
    Map<String, Object> take(
            @RequestParam(name = "site_id", defaultValue = AccessDirectory.DEFAULT_SITE)
                    String siteId,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            HttpServletRequest request) {
        ImportBody.requireSite(directory, siteId);
        var taken = sessions.take(siteId, body.read(request).lines(), dryRun);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("rows", taken.rows());
        answer.put("unused_columns", taken.unused());
        return answer;
    }

    /// Read from the ledger: exact after each answered request.
    @GetMapping(PATH)
    Map<String, Object> account(
            @RequestParam(name = "site_id", defaultValue = AccessDirectory.DEFAULT_SITE)
                    String siteId) {
        ImportBody.requireSite(directory, siteId);
        return sessions.account(siteId);
    }
}
