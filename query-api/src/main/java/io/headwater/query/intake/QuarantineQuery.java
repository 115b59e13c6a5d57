package io.headwater.query.intake;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What waits in the quarantine, why, and what became of what waited?
@Component
class QuarantineQuery {
    static final List<Order<QuarantineView>> ORDERS =
            List.of(
                    Order.newestFirst(
                            "received_at_desc",
                            "quarantine.received_at",
                            "quarantine.submission_id",
                            QuarantineView::receivedAt,
                            QuarantineView::submissionId),
                    new Order<>(
                            "received_at_asc",
                            "quarantine.received_at",
                            "quarantine.submission_id",
                            false,
                            Order.Type.INSTANT,
                            QuarantineView::receivedAt,
                            QuarantineView::submissionId));

    private static final int PAGE = 1_000;

    private final JdbcClient jdbc;

    QuarantineQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Paged<QuarantineView> list(QuarantineFilter filter, Keyset<QuarantineView> page) {
        Conditions conditions = filter.conditions();
        return page.page(
                jdbc.sql(
                                """
                                select %sfrom read.quarantine
                                left join read.submissions using (submission_id)
                                %s%s%s
                                """
                                        .formatted(
                                                QuarantineView.COLUMNS,
                                                conditions.sql(),
                                                page.where(),
                                                page.orderAndLimit()))
                        .params(conditions.params())
                        .params(page.params())
                        .query(Rows.of(QuarantineView.class))
                        .list());
    }

    /// @param payload the whole parsed body, JSON as text
    record Detail(QuarantineView view, @Nullable String payload) {}

    Optional<Detail> find(String submissionId) {
        return jdbc.sql(
                        """
                        select %s, payload
                        from read.quarantine
                        left join read.submissions using (submission_id)
                        where quarantine.submission_id = :submission_id
                        """
                                .formatted(QuarantineView.COLUMNS.stripTrailing()))
                .param("submission_id", submissionId)
                .query((row, n) ->
                        new Detail(
                                Rows.of(QuarantineView.class).mapRow(row, n),
                                row.getString("payload")))
                .optional();
    }

    List<QuarantineView.Change> changes(String submissionId) {
        return jdbc.sql(
                        """
                        select event_id, field, before_value as before, after_value as after,
                               changed_at, actor
                        from read.submission_changes
                        where submission_id = :submission_id
                        order by changed_at, event_id, field
                        limit 1000
                        """)
                .param("submission_id", submissionId)
                .query(Rows.of(QuarantineView.Change.class))
                .list();
    }

    List<QuarantineView.Waiting> waiting() {
        return jdbc.sql(
                        """
                        select code, count(*) as waiting, min(received_at) as oldest
                        from read.quarantine
                        where state = 'waiting'
                        group by code
                        order by waiting desc, code
                        """)
                .query(Rows.of(QuarantineView.Waiting.class))
                .list();
    }

    /// Oldest first, found page by page, so that a large quarantine is never one long question.
    ///
    /// @param most of them
    /// @return as plans name them: `site id_submission id`
    List<String> ids(QuarantineFilter filter, int most) {
        var ids = new ArrayList<String>();
        String cursor = null;
        do {
            Paged<QuarantineView> page =
                    list(filter, Keyset.of(ORDERS, "received_at_asc", cursor, PAGE));
            page.items().forEach(one -> ids.add(one.siteId() + "_" + one.submissionId()));
            cursor = page.nextCursor();
        } while (cursor != null && ids.size() < most);
        return ids.size() <= most ? ids : ids.subList(0, most);
    }
}
