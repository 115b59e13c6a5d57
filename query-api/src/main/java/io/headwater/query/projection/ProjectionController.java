package io.headwater.query.projection;

import static io.headwater.query.platform.web.ProblemException.badParameter;
import static io.headwater.query.platform.web.ProblemException.notFound;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How the projections are, what became of their generations, what comparisons found.
@RestController
@Tag(name = "operation")
class ProjectionController {
    private final ProjectionQuery projections;
    private final HistoryQuery history;

    ProjectionController(ProjectionQuery projections, HistoryQuery history) {
        this.projections = projections;
        this.history = history;
    }

    @GetMapping("/api/projections")
    @Operation(
            summary =
                    "Every generation of every projection: state, lag, progress of a rebuild,"
                            + " verification, position and accounting.")
    List<ProjectionView> projections(
            @Parameter(description = "true: with generations that are gone")
                    @RequestParam(defaultValue = "false")
                    boolean all) {
        return projections.list(null, all);
    }

    @GetMapping("/api/projections/{name}")
    @Operation(summary = "The generations of one projection.")
    List<ProjectionView> projection(
            @PathVariable String name,
            @Parameter(description = "true: with generations that are gone")
                    @RequestParam(defaultValue = "false")
                    boolean all) {
        var found = projections.list(name, true);
        if (found.isEmpty()) {
            throw unknown(name);
        }
        return all ? found : found.stream().filter(one -> !one.state().equals("GONE")).toList();
    }

    @GetMapping("/api/projections/{name}/history")
    @Operation(
            summary =
                    "Every step of every generation of a projection, newest first: who or what"
                            + " caused it, and why.")
    Paged<HistoryQuery.Transition> history(
            @PathVariable String name,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = history.transitions(name, before(cursor), limit);
        if (page.items().isEmpty() && projections.list(name, true).isEmpty()) {
            throw unknown(name);
        }
        return page;
    }

    @AdminOnly
    @GetMapping(
            path = "/api/projections/{name}/generations/{generation}/report",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "The newest comparison of a generation with another, to download.",
            description =
                    "Counts and checksums of every table at one cut of the topics, and the keys and"
                            + " columns that differ. Keys are ids; values are not in it.")
    ResponseEntity<byte[]> report(@PathVariable String name, @PathVariable int generation) {
        var report = history.report(name, generation).orElseThrow(() -> notFound("report"));
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s-g%d-report-%d.json\""
                                .formatted(name, generation, report.id()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(report.json().getBytes(StandardCharsets.UTF_8));
    }

    @AdminOnly
    @GetMapping("/api/projections/{name}/samples")
    @Operation(
            summary = "Comparisons of some keys with what their events give, the newest first.",
            description =
                    "findings has the keys that differ with their rows and columns. Keys are ids;"
                            + " values are not in it.")
    List<HistoryQuery.Sample> samples(
            @PathVariable String name,
            @RequestParam(defaultValue = "20") @Min(1) @Max(200) int limit) {
        var found = history.samples(name, limit);
        if (found.isEmpty() && projections.list(name, true).isEmpty()) {
            throw unknown(name);
        }
        return found;
    }

    private static @Nullable Long before(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw badParameter("cursor", "is not a cursor that this API gave out");
        }
    }

    static ProblemException unknown(String projection) {
        return new ProblemException(
                ProblemKind.UNKNOWN_PROJECTION, "there is no projection '" + projection + "'");
    }
}
