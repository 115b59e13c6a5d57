package io.headwater.command.intake.imports;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
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
    private final int maxRows;
    private final long maxBody;

    LeadImportController(
            LeadImport leads, AccessDirectory directory, ImportSettings settings, WebSettings web) {
        this.leads = leads;
        this.directory = directory;
        this.maxRows = settings.maxRows();
        this.maxBody = web.maxBody().toBytes();
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
        if (directory.siteById(siteId).isEmpty()) {
            throw ProblemType.INVALID_FIELDS.with("There is no site of this id.").asException();
        }
        byte[] bytes = BodyReader.read(request, maxBody);
        var rows =
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .limit(maxRows + 1L)
                        .map(ImportRow::of)
                        .toList();
        if (rows.isEmpty() || rows.size() > maxRows) {
            throw ProblemType.INVALID_FIELDS
                    .with("The body must hold 1 to " + maxRows + " lines.")
                    .asException();
        }
        return Map.of("rows", leads.take(request, siteId, leadSource, rows, bytes.length, dryRun));
    }
}
