package io.headwater.command.intake.imports;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;

/// The body of an import: a row per line.
@Component
final class ImportBody {

    private final int maxRows;
    private final long maxBody;

    ImportBody(ImportSettings settings, WebSettings web) {
        this.maxRows = settings.maxRows();
        this.maxBody = web.maxBody().toBytes();
    }

    /// @param lines without blank ones
    /// @param bytes of the body
    record Sent(List<String> lines, long bytes) {}

    /// @throws ProblemException 400 without lines or with too many, 413 for too large a body
    Sent read(HttpServletRequest request) {
        byte[] bytes = BodyReader.read(request, maxBody);
        var lines =
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .limit(maxRows + 1L)
                        .toList();
        if (lines.isEmpty() || lines.size() > maxRows) {
            throw ProblemType.INVALID_FIELDS
                    .with("The body must hold 1 to " + maxRows + " lines.")
                    .asException();
        }
        return new Sent(lines, bytes.length);
    }

    /// @throws ProblemException 400 when there is no such site, 503 while nobody knows that
    static void requireSite(AccessDirectory directory, String siteId) {
        Problems.requireReady(directory);
        if (directory.siteById(siteId).isEmpty()) {
            throw ProblemType.INVALID_FIELDS.with("There is no site of this id.").asException();
        }
    }
}
