package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.time.TimeRange;
import java.util.List;
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
            @Nullable String firstSource,
            TimeRange range,
            Keyset<SubmissionView> page) {
        if (outcome != null && !outcome.isBlank() && !OUTCOMES.contains(outcome)) {
            throw badParameter("outcome", "must be one of " + String.join(", ", OUTCOMES));
        }
        var conditions =
                new Conditions()
                        .text("outcome = :outcome", "outcome", outcome)
                        .text(LeadFilter.OF_SOURCE, "source", source)
                        .text("duplicate_source_id = :first_source", "first_source", firstSource)
                        .during("received_at", range);
        return page.page(
                jdbc.sql(
                                "select %sfrom read.submissions\n%s%s%s"
                                        .formatted(
                                                SubmissionView.COLUMNS,
                                                conditions.sql(),
                                                page.where(),
                                                page.orderAndLimit()))
                        .params(conditions.params())
                        .params(page.params())
                        .query(new SubmissionRows(json, false))
                        .list());
    }

    List<SubmissionView> ofLeads(List<String> leadIds) {
        return jdbc.sql(
                        """
                        select *
                        from read.submissions
                        where lead_id in (:lead_ids)
                           or submission_id in (:lead_ids)
                        order by received_at desc, submission_id desc
                        limit 500
                        """)
                .param("lead_ids", leadIds)
                .query(new SubmissionRows(json, true))
                .list();
    }
}
