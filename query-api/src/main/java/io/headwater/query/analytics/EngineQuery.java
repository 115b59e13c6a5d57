package io.headwater.query.analytics;

import io.headwater.query.platform.postgres.Rows;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What does the lead engine make of submissions, by project and engagement?
@Component
class EngineQuery {
    private final JdbcClient jdbc;

    EngineQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record ProjectVolume(String project, long submissions, long leads) {}

    record LabelLeads(String label, long leads) {}

    List<ProjectVolume> byProject() {
        return jdbc.sql(
                        """
                        select coalesce(nullif(project_name, ''), '(none)') as project,
                               sum(submissions) as submissions, sum(leads) as leads
                        from (select project_name, count(*) as submissions, 0 as leads
                              from read.submissions
                              group by project_name
                              union all
                              select project_name, 0, count(*)
                              from read.leads
                              where merged_into is null
                              group by project_name) as both_sides
                        group by 1
                        order by submissions desc, 1
                        """)
                .query(Rows.of(ProjectVolume.class))
                .list();
    }

    List<LabelLeads> byEngagement() {
        return jdbc.sql(
                        """
                        select coalesce(engagement_label, '(unscored)') as label, count(*) as leads
                        from read.leads
                        where merged_into is null
                        group by 1
                        order by min(engagement_score) nulls last, 1
                        """)
                .query(Rows.of(LabelLeads.class))
                .list();
    }

    List<String> projects() {
        return jdbc.sql(
                        """
                        select distinct project_name
                        from read.leads
                        where project_name <> ''
                        order by 1
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }

    List<String> sources() {
        return jdbc.sql(
                        """
                        select distinct source
                        from read.lead_volume_15m
                        order by 1
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
