package io.headwater.query.lead;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Rows;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What happened to a lead, in which order?
@Component
class TimelineQuery {
    static final List<Order<TimelineView>> ORDERS =
            List.of(
                    Order.newestFirst(
                            "at_desc", "at", "event_id", TimelineView::at, TimelineView::eventId),
                    new Order<>(
                            "at_asc",
                            "at",
                            "event_id",
                            false,
                            Order.Type.INSTANT,
                            TimelineView::at,
                            TimelineView::eventId));

    private final JdbcClient jdbc;

    TimelineQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Paged<TimelineView> of(List<String> leadIds, Keyset<TimelineView> page) {
        return page.page(
                jdbc.sql(
                                """
                                select event_id, lead_id, kind, at, recorded_at, actor, reason,
                                       details::text as details, note, payload
                                from read.lead_timeline
                                where lead_id in (:lead_ids)
                                %s%s
                                """
                                        .formatted(page.where(), page.orderAndLimit()))
                        .param("lead_ids", leadIds)
                        .params(page.params())
                        .query(Rows.of(TimelineView.class))
                        .list());
    }
}
