package io.headwater.query.lead;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.time.TimeRange;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics")
@Reads("leads")
@Tag(name = "leads")
class SubmissionController {
    private final SubmissionQuery submissions;
    private final FactQuery facts;

    SubmissionController(SubmissionQuery submissions, FactQuery facts) {
        this.submissions = submissions;
        this.facts = facts;
    }

    @GetMapping("/submissions")
    @Operation(
            summary = "All submissions, newest first.",
            description = "Marketing keys see e-mail addresses and phone numbers masked.")
    Paged<SubmissionView> submissions(
            @Parameter(hidden = true) Caller caller,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "accepted",
                                                "duplicate",
                                                "blocked",
                                                "test",
                                                "refused",
                                                "quarantined"
                                            }))
                    @RequestParam(required = false)
                    @Nullable String outcome,
            @Parameter(description = "as in /analytics/leads/sources, or a webhook source's id")
                    @RequestParam(required = false)
                    @Nullable String source,
            @Parameter(description = "received at or after: an instant or a date (UTC)")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "received before: an instant, or the end of a date (UTC)")
                    @RequestParam(required = false)
                    @Nullable String to,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return submissions
                .list(
                        outcome,
                        source,
                        null,
                        TimeRange.parse(from, to, ZoneOffset.UTC),
                        Keyset.of(SubmissionQuery.ORDERS, null, cursor, limit))
                .map(caller::see);
    }

    @GetMapping("/blocked-leads")
    @Operation(
            summary = "The audit of submissions that were blocked, newest first.",
            description = "Marketing keys see e-mail addresses and phone numbers masked.")
    Paged<SubmissionView> blocked(
            @Parameter(hidden = true) Caller caller,
            @Valid @ParameterObject @ModelAttribute Listed listed) {
        return listed.of("blocked", null, submissions).map(caller::see);
    }

    @GetMapping("/testing-leads")
    @Operation(
            summary = "Submissions that are tests, newest first.",
            description = "Marketing keys see e-mail addresses and phone numbers masked.")
    Paged<SubmissionView> testing(
            @Parameter(hidden = true) Caller caller,
            @Valid @ParameterObject @ModelAttribute Listed listed) {
        return listed.of("test", null, submissions).map(caller::see);
    }

    @GetMapping("/duplicates")
    @Operation(
            summary = "Submissions that repeat another one, with the verdict, newest first.",
            description =
                    "The verdict: duplicate_of and lead_id say of what, duplicate_source_id from"
                            + " where, duplicate_age_seconds how old that was, code by which rule."
                            + " Marketing keys see e-mail addresses and phone numbers masked.")
    Paged<SubmissionView> duplicates(
            @Parameter(hidden = true) Caller caller,
            @Parameter(
                            description =
                                    "where the first one came from: the id of a webhook source, else"
                                            + " form, api or import")
                    @RequestParam(name = "first_source", required = false)
                    @Nullable String firstSource,
            @Valid @ParameterObject @ModelAttribute Listed listed) {
        return listed.of("duplicate", firstSource, submissions).map(caller::see);
    }

    /// What lists of one outcome can be narrowed to.
    record Listed(
            @Parameter(description = "as in /analytics/leads/sources, or a webhook source's id")
                    @Nullable String source,
            @Parameter(description = "received at or after: an instant or a date (UTC)")
                    @Nullable String from,
            @Parameter(description = "received before: an instant, or the end of a date (UTC)")
                    @Nullable String to,
            @Min(1) @Max(200) @Nullable Integer limit,
            @Nullable String cursor) {
        private static final int USUAL_LIMIT = 50;

        Paged<SubmissionView> of(
                String outcome, @Nullable String firstSource, SubmissionQuery submissions) {
            return submissions.list(
                    outcome,
                    source,
                    firstSource,
                    TimeRange.parse(from, to, ZoneOffset.UTC),
                    Keyset.of(
                            SubmissionQuery.ORDERS,
                            null,
                            cursor,
                            limit == null ? USUAL_LIMIT : limit));
        }
    }

    @GetMapping("/facts")
    @Operation(
            summary = "Appointments and payments that providers told, newest first.",
            description = "Marketing keys see e-mail addresses masked.")
    Paged<FactView> facts(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "only those with a lead, or only those without")
                    @RequestParam(required = false)
                    @Nullable Boolean attributed,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return facts.list(attributed, kind, Keyset.of(FactQuery.ORDERS, null, cursor, limit))
                .map(caller::see);
    }
}
