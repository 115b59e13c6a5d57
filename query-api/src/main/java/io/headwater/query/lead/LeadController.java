package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.notFound;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
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
    private final ConsentQuery consents;
    private final LeadGroupQuery groups;
    private final TimelineQuery timelines;

    LeadController(
            LeadQuery leads,
            SubmissionQuery submissions,
            FactQuery facts,
            ConsentQuery consents,
            LeadGroupQuery groups,
            TimelineQuery timelines) {
        this.leads = leads;
        this.submissions = submissions;
        this.facts = facts;
        this.consents = consents;
        this.groups = groups;
        this.timelines = timelines;
    }

    @AdminOnly
    @GetMapping
    @Operation(
            summary = "Leads, filtered and sorted, page by page. Admin only.",
            description =
                    "Of all times unless a range is given. Leads that were merged into another one"
                            + " are left out unless merged=true asks for them.")
    Paged<LeadItem> list(
            @ParameterObject @ModelAttribute LeadFilter filter,
            @ParameterObject @ModelAttribute LifeFilter life,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "created_at_desc",
                                                "created_at_asc",
                                                "engagement_score_desc",
                                                "last_submitted_at_desc",
                                                "status_since_desc",
                                                "suspicion_score_desc"
                                            },
                                            defaultValue = "created_at_desc"))
                    @RequestParam(required = false)
                    @Nullable String sort,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @Parameter(description = "next_cursor of the page before")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        return leads.list(filter, life, Keyset.of(LeadQuery.ORDERS, sort, cursor, limit));
    }

    @AdminOnly
    @GetMapping("/{id}")
    @Reads({"leads", "sessions"})
    @Operation(
            summary = "One lead with its life, submissions, facts and visits. Admin only.",
            description =
                    "What belongs to leads merged into it is its own. A lead that was merged itself"
                            + " is still answered: survivor_lead_id names the one that goes on."
                            + " With as_of: as it was after all events recorded by then, with its"
                            + " timeline, and without visits and other leads.")
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            description = "an instant, as 2026-11-20T12:00:00Z",
            schema = @Schema(type = "string", format = "date-time"))
    LeadDetailView find(@PathVariable String id) {
        LeadQuery.Found found = leads.find(id).orElseThrow(() -> notFound("lead"));
        LeadView lead = found.lead().lead();
        List<String> group = groups.group(id);
        return new LeadDetailView(
                lead,
                found.lead().life(),
                found.traits(),
                found.more(),
                submissions.ofLeads(group),
                facts.ofLeads(group),
                consents.ofLeads(group),
                leads.visits(lead),
                groups.appointments(id),
                group.subList(1, group.size()),
                groups.survivor(id).orElse(null),
                groups.related(lead.visitorId(), lead.siteId(), lead.projectName()));
    }

    @AdminOnly
    @GetMapping("/{id}/timeline")
    @Operation(
            summary = "Everything that happened to a lead, the newest first. Admin only.",
            description = "With what happened to the leads that were merged into it.")
    Paged<TimelineView> timeline(
            @PathVariable String id,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"at_desc", "at_asc"},
                                            defaultValue = "at_desc"))
                    @RequestParam(required = false)
                    @Nullable String sort,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (leads.find(id).isEmpty()) {
            throw notFound("lead");
        }
        return timelines.of(groups.group(id), Keyset.of(TimelineQuery.ORDERS, sort, cursor, limit));
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
