package io.headwater.query.lead;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Rows;
import java.util.HashMap;
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
        var sql = new StringBuilder("select ").append(FactView.COLUMNS);
        sql.append("from read.provider_facts\nwhere true\n");
        var params = new HashMap<String, Object>(page.params());
        if (attributed != null) {
            sql.append(attributed ? "and lead_id is not null\n" : "and lead_id is null\n");
        }
        if (kind != null && !kind.isBlank()) {
            sql.append("and kind = :kind\n");
            params.put("kind", kind.strip());
        }
        sql.append(page.where()).append(page.orderAndLimit());
        return page.page(
                jdbc.sql(sql.toString()).params(params).query(Rows.of(FactView.class)).list());
    }

    List<FactView> ofLead(String leadId) {
        return jdbc.sql(
                        "select "
                                + FactView.COLUMNS
                                + """
                                from read.provider_facts
                                where lead_id = :lead_id
                                order by received_at desc, fact_id desc
                                limit 500
                                """)
                .param("lead_id", leadId)
                .query(Rows.of(FactView.class))
                .list();
    }
}
