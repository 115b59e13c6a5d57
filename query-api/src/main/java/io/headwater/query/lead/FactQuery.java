package io.headwater.query.lead;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which appointments and payments did providers tell, and whose are they?
@Component
class FactQuery {
    static final List<Order<FactView>> ORDERS =
            List.of(
                    Order.newestFirst(
                            "received_at_desc",
                            "received_at",
                            "fact_id",
                            FactView::receivedAt,
                            FactView::factId));

    private final JdbcClient jdbc;

    FactQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Paged<FactView> list(
            @Nullable Boolean attributed, @Nullable String kind, Keyset<FactView> page) {
        var conditions = new Conditions().text("lower(kind) = lower(:kind)", "kind", kind);
        if (attributed != null) {
            conditions.add(attributed ? "lead_id is not null" : "lead_id is null");
        }
        return page.page(
                jdbc.sql(
                                "select %sfrom read.provider_facts\n%s%s%s"
                                        .formatted(
                                                FactView.COLUMNS,
                                                conditions.sql(),
                                                page.where(),
                                                page.orderAndLimit()))
                        .params(conditions.params())
                        .params(page.params())
                        .query(Rows.of(FactView.class))
                        .list());
    }

    List<FactView> ofLeads(List<String> leadIds) {
        return jdbc.sql(
                        "select "
                                + FactView.COLUMNS
                                + """
                                from read.provider_facts
                                where lead_id in (:lead_ids)
                                order by received_at desc, fact_id desc
                                limit 500
                                """)
                .param("lead_ids", leadIds)
                .query(Rows.of(FactView.class))
                .list();
    }
}
