package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.notFound;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics/leads")
@Reads("leads")
@Tag(name = "leads")
class LeadController {
    private final LeadQuery leads;
    private final SubmissionQuery submissions;
    private final FactQuery facts;

    LeadController(LeadQuery leads, SubmissionQuery submissions, FactQuery facts) {
        this.leads = leads;
        this.submissions = submissions;
        this.facts = facts;
    }

    @AdminOnly
    @GetMapping
    @Operation(summary = "Leads, filtered and sorted, page by page. Admin only.")
    Paged<LeadView> list(
            @ParameterObject @ModelAttribute LeadFilter filter,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "created_at_desc",
                                                "created_at_asc",
                                                "engagement_score_desc",
                                                "last_submitted_at_desc"
                                            },
                                            defaultValue = "created_at_desc"))
                    @RequestParam(required = false)
                    @Nullable String sort,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @Parameter(description = "next_cursor of the page before")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        return leads.list(filter, Keyset.of(LeadQuery.ORDERS, sort, cursor, limit));
    }

    @AdminOnly
    @GetMapping("/{id}")
    @Reads({"leads", "sessions"})
    @Operation(summary = "One lead with its submissions, facts and visits. Admin only.")
    LeadDetailView find(@PathVariable String id) {
        LeadQuery.Found found = leads.find(id).orElseThrow(() -> notFound("lead"));
        return new LeadDetailView(
                found.lead(),
                found.more(),
                submissions.ofLead(id),
                facts.ofLead(id),
                leads.visits(found.lead().visitorId(), found.lead().sessionId()));
    }

    @GetMapping("/projects")
    @Operation(summary = "Projects with their number of leads, the largest first.")
    List<LeadQuery.ProjectLeads> projects() {
        return leads.byProject();
    }

    @GetMapping("/sources")
    @Operation(summary = "Sources with their number of leads, the largest first.")
    List<LeadQuery.SourceLeads> sources() {
        return leads.bySource();
    }
}
