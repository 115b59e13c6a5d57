package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.time.Instants;
import io.headwater.query.platform.time.TimeRange;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What was submitted, and what became of it?
@Component
class SubmissionQuery {
    static final List<Order<SubmissionView>> ORDERS =
            List.of(
                    Order.newestFirst(
                            "received_at_desc",
                            "received_at",
                            "submission_id",
                            SubmissionView::receivedAt,
                            SubmissionView::submissionId));
    private static final List<String> OUTCOMES =
            List.of("accepted", "duplicate", "blocked", "test", "refused", "quarantined");

    private final JdbcClient jdbc;
    private final JsonMapper json;

    SubmissionQuery(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Paged<SubmissionView> list(
            @Nullable String outcome,
            @Nullable String source,
            TimeRange range,
            Keyset<SubmissionView> page) {
        var sql = new StringBuilder("select ").append(SubmissionView.COLUMNS);
        sql.append("from read.submissions\nwhere true\n");
        var params = new HashMap<String, Object>(page.params());
        if (outcome != null && !outcome.isBlank()) {
            if (!OUTCOMES.contains(outcome)) {
                throw badParameter("outcome", "must be one of " + String.join(", ", OUTCOMES));
            }
            sql.append("and outcome = :outcome\n");
            params.put("outcome", outcome);
        }
        if (source != null && !source.isBlank()) {
            sql.append("and (lower(")
                    .append(LeadFilter.SOURCE)
                    .append(") = :source or lower(lead_source) = :source")
                    .append(" or lower(source_id) = :source)\n");
            params.put("source", source.strip().toLowerCase(Locale.ROOT));
        }
        if (range.from() != null) {
            sql.append("and received_at >= :from\n");
            params.put("from", Instants.sql(range.from()));
        }
        if (range.to() != null) {
            sql.append("and received_at < :to\n");
            params.put("to", Instants.sql(range.to()));
        }
        sql.append(page.where()).append(page.orderAndLimit());
        return page.page(
                jdbc.sql(sql.toString())
                        .params(params)
                        .query(new SubmissionRows(json, false))
                        .list());
    }

    List<SubmissionView> ofLead(String leadId) {
        return jdbc.sql(
                        """
                        select *
                        from read.submissions
                        where lead_id = :lead_id
                           or submission_id = :lead_id
                        order by received_at desc, submission_id desc
                        limit 500
                        """)
                .param("lead_id", leadId)
                .query(new SubmissionRows(json, true))
                .list();
    }
}
