package io.headwater.query.session;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.view.SessionView;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which visits were there?
@Component
class SessionQuery {
    /// The score has no index: it changes with every batch of events, and an index on it would cost
    /// the sink more than this order saves. It is a top-n sort over one scan.
    static final List<Order<SessionView>> ORDERS =
            List.of(
                    Order.newestFirst(
                            "started_at_desc",
                            "started_at",
                            "session_id",
                            SessionView::startedAt,
                            SessionView::sessionId),
                    new Order<>(
                            "started_at_asc",
                            "started_at",
                            "session_id",
                            false,
                            Order.Type.INSTANT,
                            SessionView::startedAt,
                            SessionView::sessionId),
                    new Order<>(
                            "engagement_score_desc",
                            "engagement_score",
                            "session_id",
                            true,
                            Order.Type.INTEGER,
                            SessionView::engagementScore,
                            SessionView::sessionId));

    private final JdbcClient jdbc;

    SessionQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param offset rows to skip after the page's beginning
    Paged<SessionView> list(@Nullable String visitorId, int offset, Keyset<SessionView> page) {
        var conditions = new Conditions().text("visitor_id = :visitor_id", "visitor_id", visitorId);
        return page.page(
                jdbc.sql(
                                "select %sfrom read.sessions\n%s%s%s\noffset :offset"
                                        .formatted(
                                                SessionView.COLUMNS,
                                                conditions.sql(),
                                                page.where(),
                                                page.orderAndLimit()))
                        .params(conditions.params())
                        .params(page.params())
                        .param("offset", offset)
                        .query(Rows.of(SessionView.class))
                        .list());
    }

    Optional<SessionView> find(String sessionId) {
        return jdbc.sql(
                        "select "
                                + SessionView.COLUMNS
                                + """
                                from read.sessions
                                where session_id = :session_id
                                """)
                .param("session_id", sessionId)
                .query(Rows.of(SessionView.class))
                .optional();
    }

    /// Also those that were submitted again from another session since, which is then theirs. Leads
    /// that were imported name an imported session by its id in the other system.
    List<SessionDetailView.LeadOfSession> leadsOf(SessionView session) {
        return jdbc.sql(
                        """
                        select lead_id, created_at
                        from read.leads
                        where lead_id = any (array(
                            select lead_id
                            from read.leads
                            where session_id = :session_id
                               or session_id = :external_id and site_id = :site_id
                            union
                            select lead_id
                            from read.submissions
                            where (session_id = :session_id
                                   or session_id = :external_id and site_id = :site_id)
                              and outcome = 'accepted'))
                        order by created_at, lead_id
                        """)
                .param("session_id", session.sessionId())
                .param("external_id", session.externalId(), Types.VARCHAR)
                .param("site_id", session.siteId())
                .query(Rows.of(SessionDetailView.LeadOfSession.class))
                .list();
    }
}
