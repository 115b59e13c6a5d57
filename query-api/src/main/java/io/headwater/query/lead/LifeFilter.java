package io.headwater.query.lead;

import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.time.TimeRange;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/// What the lead list can be narrowed to by what became of the leads. Without `merged` the list
/// leaves out leads that stand for another one's person.
record LifeFilter(
        @Parameter(description = "user name; (none): nobody is responsible")
                @Nullable String assignee,
        @Parameter(description = "team name; (none): no team") @Nullable String team,
        @Parameter(
                        description = "what the stage means",
                        schema =
                                @Schema(
                                        allowableValues = {
                                            "open",
                                            "appointment",
                                            "shown",
                                            "quoted",
                                            "won",
                                            "lost",
                                            "returned"
                                        }))
                @BindParam("status_kind")
                @Nullable String statusKind,
        @Parameter(description = "in its stage since then or later: an instant or a date (UTC)")
                @BindParam("stage_from")
                @Nullable String stageFrom,
        @Parameter(
                        description =
                                "in its stage since before: an instant, or the end of a date (UTC)")
                @BindParam("stage_to")
                @Nullable String stageTo,
        @Parameter(description = "true: nobody tried to reach the person yet")
                @Nullable Boolean uncontacted,
        @Parameter(description = "true: leads that stand for another one's person, and only those")
                @Nullable Boolean merged,
        @Parameter(description = "least engagement score") @BindParam("min_score")
                @Nullable Integer minScore,
        @Parameter(description = "greatest engagement score") @BindParam("max_score")
                @Nullable Integer maxScore,
        @Parameter(description = "least suspicion score") @BindParam("min_suspicion")
                @Nullable Integer minSuspicion,
        @Parameter(description = "greatest suspicion score; what was not judged is left out")
                @BindParam("max_suspicion")
                @Nullable Integer maxSuspicion,
        @Parameter(description = "only those behind a suspected VPN, or only the others")
                @Nullable Boolean vpn,
        @Parameter(description = "only imported leads, or only the others")
                @Nullable Boolean imported,
        @Parameter(description = "id of the lead in any CRM") @BindParam("crm_id")
                @Nullable String crmId) {

    Conditions addTo(Conditions found) {
        found.textOrNone("assignee", "assignee", assignee)
                .textOrNone("team", "team", team)
                .text("status_kind = lower(:status_kind)", "status_kind", statusKind)
                .during(
                        "status_since",
                        "stage_",
                        TimeRange.parse(
                                "stage_from", stageFrom, "stage_to", stageTo, ZoneOffset.UTC))
                .add(
                        Boolean.TRUE.equals(merged)
                                ? "merged_into is not null"
                                : "merged_into is null")
                .number("engagement_score >= :min_score", "min_score", minScore)
                .number("engagement_score <= :max_score", "max_score", maxScore)
                .number(
                        "coalesce(suspicion_score, -1) >= :min_suspicion",
                        "min_suspicion",
                        minSuspicion)
                .number("suspicion_score <= :max_suspicion", "max_suspicion", maxSuspicion)
                .flag("vpn_suspected", vpn)
                .flag("imported", imported)
                .text(
                        "jsonb_path_query_array(crm_ids, '$.*') @> to_jsonb(cast(:crm_id as text))",
                        "crm_id",
                        crmId);
        if (uncontacted != null) {
            found.add(uncontacted ? "first_contact_at is null" : "first_contact_at is not null");
        }
        return found;
    }
}
