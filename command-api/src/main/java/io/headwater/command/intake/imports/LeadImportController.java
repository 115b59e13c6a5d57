package io.headwater.command.intake.imports;

import io.headwater.command.platform.directory.AccessDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `POST /admin/import/leads`: a JSON object per line, each with its `import_key`, its other
/// members named like the fields of lead capture. Lines that cannot be used are told and do no harm
/// to the others.
@RestController
final class LeadImportController {

    private final LeadImport leads;
    private final AccessDirectory directory;
    private final ImportBody body;

    LeadImportController(LeadImport leads, AccessDirectory directory, ImportBody body) {
        this.leads = leads;
        this.directory = directory;
        this.body = body;
    }

    /// @param siteId that the leads become
    /// @param leadSource of rows that name none
    /// @param dryRun judge only, write nothing
    @PostMapping("/admin/import/leads")
    Map<String, List<RowVerdict>> take(
            @RequestParam(name = "site_id", defaultValue = AccessDirectory.DEFAULT_SITE)
                    String siteId,
            @RequestParam(name = "lead_source", required = false) @Nullable String leadSource,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            HttpServletRequest request) {
        ImportBody.requireSite(directory, siteId);
        var sent = body.read(request);
        var rows = sent.lines().stream().map(ImportRow::of).toList();
        return Map.of("rows", leads.take(request, siteId, leadSource, rows, sent.bytes(), dryRun));
    }
}
