package io.headwater.query.session;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Rows;
import java.util.HashMap;
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
        var sql = new StringBuilder("select ").append(SessionView.COLUMNS);
        sql.append("from read.sessions\nwhere true\n");
        var params = new HashMap<String, Object>(page.params());
        if (visitorId != null && !visitorId.isBlank()) {
            sql.append("and visitor_id = :visitor_id\n");
            params.put("visitor_id", visitorId.strip());
        }
        sql.append(page.where()).append(page.orderAndLimit()).append("\noffset :offset");
        params.put("offset", offset);
        return page.page(
                jdbc.sql(sql.toString()).params(params).query(Rows.of(SessionView.class)).list());
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

    List<SessionDetailView.LeadOfSession> leadsOf(String sessionId) {
        return jdbc.sql(
                        """
                        select lead_id, created_at
                        from read.leads
                        where session_id = :session_id
                        order by created_at, lead_id
                        """)
                .param("session_id", sessionId)
                .query(Rows.of(SessionDetailView.LeadOfSession.class))
                .list();
    }
}
