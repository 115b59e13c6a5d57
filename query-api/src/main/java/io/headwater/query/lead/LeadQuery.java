package io.headwater.query.lead;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.view.SessionView;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which leads are there, and what is known of one.
@Component
class LeadQuery {
    static final List<Order<LeadItem>> ORDERS =
            List.of(
                    Order.newestFirst(
                            "created_at_desc",
                            "created_at",
                            "lead_id",
                            LeadItem::createdAt,
                            LeadItem::leadId),
                    new Order<>(
                            "created_at_asc",
                            "created_at",
                            "lead_id",
                            false,
                            Order.Type.INSTANT,
                            LeadItem::createdAt,
                            LeadItem::leadId),
                    new Order<>(
                            "engagement_score_desc",
                            "coalesce(engagement_score, -1)",
                            "lead_id",
                            true,
                            Order.Type.INTEGER,
                            item -> orLast(item.lead().engagementScore()),
                            LeadItem::leadId),
                    Order.newestFirst(
                            "last_submitted_at_desc",
                            "last_submitted_at",
                            "lead_id",
                            item -> item.lead().lastSubmittedAt(),
                            LeadItem::leadId),
                    Order.newestFirst(
                            "status_since_desc",
                            "status_since",
                            "lead_id",
                            item ->
                                    item.life().statusSince() == null
                                            ? item.createdAt()
                                            : item.life().statusSince(),
                            LeadItem::leadId),
                    new Order<>(
                            "suspicion_score_desc",
                            "coalesce(suspicion_score, -1)",
                            "lead_id",
                            true,
                            Order.Type.INTEGER,
                            item -> orLast(item.life().suspicionScore()),
                            LeadItem::leadId));

    /// What was not judged comes after what was.
    private static int orLast(@Nullable Integer score) {
        return score == null ? -1 : score;
    }

    private static final RowMapper<LeadTraits> TRAITS = Rows.of(LeadTraits.class);
    private static final RowMapper<LeadDetailView.More> MORE = Rows.of(LeadDetailView.More.class);

    private final JdbcClient jdbc;

    LeadQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Paged<LeadItem> list(LeadFilter filter, LifeFilter life, Keyset<LeadItem> page) {
        Conditions conditions = life.addTo(filter.conditions());
        return page.page(
                jdbc.sql(
                                "select %sfrom %s%s%s%s"
                                        .formatted(
                                                LeadItem.COLUMNS,
                                                filter.table(),
                                                conditions.sql(),
                                                page.where(),
                                                page.orderAndLimit()))
                        .params(conditions.params())
                        .params(page.params())
                        .query(LeadItem.ROW)
                        .list());
    }

    Optional<Found> find(String leadId) {
        return jdbc.sql(
                        "select %s, %s, %sfrom read.leads as lead\nwhere lead_id = :lead_id"
                                .formatted(
                                        LeadItem.COLUMNS.stripTrailing(),
                                        LeadTraits.COLUMNS.stripTrailing(),
                                        LeadDetailView.More.COLUMNS))
                .param("lead_id", leadId)
                .query((row, n) ->
                        new Found(
                                LeadItem.ROW.mapRow(row, n),
                                TRAITS.mapRow(row, n),
                                MORE.mapRow(row, n)))
                .optional()
                .or(() -> findTestLead(leadId));
    }

    private Optional<Found> findTestLead(String leadId) {
        return jdbc.sql(
                        "select %sfrom %swhere lead_id = :lead_id\nlimit 1"
                                .formatted(LeadItem.COLUMNS, LeadFilter.testLeads().table()))
                .param("lead_id", leadId)
                .query(LeadItem.ROW)
                .optional()
                .map(lead -> new Found(lead, null, LeadDetailView.More.NOTHING));
    }

    /// @param traits null of a testing lead
    record Found(LeadItem lead, @Nullable LeadTraits traits, LeadDetailView.More more) {}

    /// The newest visits of the lead's visitor, and in any case the one it was submitted from; that
    /// of an imported lead by its id in the other system.
    List<SessionView> visits(LeadView lead) {
        return jdbc.sql(
                        """
                        select %sfrom read.sessions
                        where session_id = any (
                            array(select session_id
                                  from read.sessions
                                  where visitor_id = :visitor_id
                                  order by started_at desc
                                  limit 100)
                            || array(select session_id
                                     from read.sessions
                                     where external_id = :session_id
                                       and site_id = :site_id)
                            || cast(:session_id as text))
                        order by started_at desc, session_id desc
                        """
                                .formatted(SessionView.COLUMNS))
                .param("visitor_id", lead.visitorId(), Types.VARCHAR)
                .param("session_id", lead.sessionId(), Types.VARCHAR)
                .param("site_id", lead.siteId())
                .query(Rows.of(SessionView.class))
                .list();
    }

    /// @param offset of its capture
    record Captured(long offset, LeadItem lead) {}

    /// Offset of the newest capture of every partition that has leads. Jumps from one partition to
    /// the next by index.
    Map<Integer, Long> newestCaptures() {
        var newest = new TreeMap<Integer, Long>();
        jdbc.sql(
                        """
                        with recursive newest as (
                            (select src_partition, captured_offset
                             from read.leads
                             order by src_partition desc, captured_offset desc
                             limit 1)
                            union all
                            select below.src_partition, below.captured_offset
                            from newest
                            cross join lateral (
                                select src_partition, captured_offset
                                from read.leads
                                where src_partition < newest.src_partition
                                order by src_partition desc, captured_offset desc
                                limit 1) as below
                        )
                        select src_partition, captured_offset
                        from newest
                        """)
                .query(row -> {
                    newest.put(row.getInt(1), row.getLong(2));
                });
        return newest;
    }

    /// Number of the newest lead that came late because its row had been parked; 0: none.
    long newestLate() {
        return jdbc.sql(
                        """
                        select coalesce(max(id), 0)
                        from ops.drained
                        where projection = 'leads'
                        """)
                .query(Long.class)
                .single();
    }

    /// Leads whose first row came late, in the order in which they came.
    List<Captured> lateAfter(long number, int limit) {
        return jdbc.sql(
                        "select %s, late.id\nfrom read.leads as lead\n"
                                        .formatted(LeadItem.COLUMNS.strip())
                                + """
                                join ops.drained as late on late.row_key = 'leads|' || lead.lead_id
                                where late.projection = 'leads'
                                  and late.generation = (
                                      select live.generation
                                      from ops.projection as live
                                      where live.projection = 'leads'
                                        and live.state = 'LIVE')
                                  and late.fresh
                                  and late.id > :number
                                order by late.id
                                limit :limit
                                """)
                .param("number", number)
                .param("limit", limit)
                .query((row, n) -> new Captured(row.getLong("id"), LeadItem.ROW.mapRow(row, n)))
                .list();
    }

    /// Leads of a partition in the order in which they were captured.
    List<Captured> capturedAfter(int partition, long offset, int limit) {
        return jdbc.sql(
                        "select %s, captured_offset\nfrom read.leads as lead\n"
                                        .formatted(LeadItem.COLUMNS.strip())
                                + """
                                where src_partition = :partition
                                  and captured_offset > :offset
                                order by captured_offset
                                limit :limit
                                """)
                .param("partition", partition)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) ->
                        new Captured(row.getLong("captured_offset"), LeadItem.ROW.mapRow(row, n)))
                .list();
    }

    List<ProjectLeads> byProject() {
        return jdbc.sql(
                        """
                        select coalesce(nullif(project_name, ''), '(none)') as project,
                               count(*) as leads
                        from read.leads
                        where merged_into is null
                        group by 1
                        order by 2 desc, 1
                        """)
                .query(Rows.of(ProjectLeads.class))
                .list();
    }

    List<SourceLeads> bySource() {
        return jdbc.sql(
                        """
                        select source, count(*) as leads
                        from read.leads
                        where merged_into is null
                        group by 1
                        order by 2 desc, 1
                        """)
                .query(Rows.of(SourceLeads.class))
                .list();
    }

    record ProjectLeads(String project, long leads) {}

    record SourceLeads(String source, long leads) {}
}
