package io.headwater.query.lead;

import io.headwater.query.platform.postgres.Rows;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which leads are one person, and what do they have together?
@Component
class LeadGroupQuery {
    private final JdbcClient jdbc;

    LeadGroupQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @return the lead and all that were merged into it, and into those; the lead first
    List<String> group(String leadId) {
        return jdbc.sql(
                        """
                        with recursive merged as (
                            select cast(:lead_id as text) as lead_id, 0 as depth
                            union
                            select leads.lead_id, merged.depth + 1
                            from read.leads
                            join merged on leads.merged_into = merged.lead_id
                            where merged.depth < 20
                        )
                        select lead_id
                        from merged
                        order by depth, lead_id
                        """)
                .param("lead_id", leadId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// @return the lead at the end of its merges; empty when it is that itself
    Optional<String> survivor(String leadId) {
        return jdbc.sql(
                        """
                        with recursive stands as (
                            select merged_into, 1 as depth
                            from read.leads
                            where lead_id = :lead_id
                            union
                            select leads.merged_into, stands.depth + 1
                            from read.leads
                            join stands on leads.lead_id = stands.merged_into
                            where stands.depth < 20
                        )
                        select merged_into
                        from stands
                        where merged_into is not null
                        order by depth desc
                        limit 1
                        """)
                .param("lead_id", leadId)
                .query((row, _) -> row.getString(1))
                .optional();
    }

    /// Those of merged leads are in the rows of the lead itself.
    List<LeadDetailView.AppointmentView> appointments(String leadId) {
        return jdbc.sql(
                        """
                        select appointment_ref, current_ref, status, starts_at, reschedules,
                               first_told_at, changed_at, reason, fact_id, actor
                        from read.lead_appointments
                        where lead_id = :lead_id
                          and counts
                        order by coalesce(starts_at, changed_at) desc, appointment_ref
                        limit 200
                        """)
                .param("lead_id", leadId)
                .query(Rows.of(LeadDetailView.AppointmentView.class))
                .list();
    }

    List<LeadDetailView.RelatedProject> related(
            @Nullable String visitorId, String siteId, @Nullable String project) {
        if (visitorId == null) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        select distinct on (project_name)
                               project_name as project, lead_id, created_at
                        from read.leads
                        where visitor_id = :visitor_id
                          and site_id = :site_id
                          and project_name is not null
                          and project_name <> :project
                        order by project_name, created_at desc
                        limit 50
                        """)
                .param("visitor_id", visitorId)
                .param("site_id", siteId)
                .param("project", project == null ? "" : project)
                .query(Rows.of(LeadDetailView.RelatedProject.class))
                .list();
    }
}
