package io.headwater.query.intake;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Order;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.time.TimeRange;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.BindParam;

/// What was delivered, and what was it answered?
@Component
class WebhookQuery {
    static final List<Order<WebhookView>> ORDERS =
            List.of(
                    Order.newestFirst(
                            "received_at_desc",
                            "received_at",
                            "receipt_id",
                            WebhookView::receivedAt,
                            WebhookView::receiptId));

    private final JdbcClient jdbc;

    WebhookQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What the audit can be narrowed to.
    record Filter(
            @Parameter(description = "id of the webhook source; (none): the URL named none")
                    @Nullable String source,
            @Parameter(description = "provider in the URL; (none): the URL named none")
                    @Nullable String provider,
            @Parameter(description = "accepted, unauthenticated, unreadable, too-large …")
                    @Nullable String outcome,
            @Parameter(description = "reason code; (none): it was accepted")
                    @Nullable String reason,
            @Parameter(description = "HTTP status answered") @Nullable Integer status,
            @Parameter(description = "form, api or webhook") @Nullable String channel,
            @Parameter(description = "site id") @Nullable String site,
            @BindParam("receipt_id") @Nullable String receiptId,
            @Parameter(description = "id of a submission that it carried")
                    @BindParam("submission_id")
                    @Nullable String submissionId,
            @Parameter(description = "received at or after: an instant or a date (UTC)")
                    @Nullable String from,
            @Parameter(description = "received before: an instant, or the end of a date (UTC)")
                    @Nullable String to,
            @Parameter(
                            description =
                                    "words of the redacted body: all must occur, \"in quotes\" next"
                                            + " to each other, -without")
                    @Nullable String q) {

        Conditions conditions() {
            return new Conditions()
                    .textOrNone("source_id", "source", source)
                    .textOrNone("provider", "provider", provider)
                    .text("outcome = :outcome", "outcome", outcome)
                    .textOrNone("reason", "reason", reason)
                    .number("status = :status", "status", status)
                    .text("channel = :channel", "channel", channel)
                    .text("site_id = :site", "site", site)
                    .text("receipt_id = :receipt_id", "receipt_id", receiptId)
                    .text(
                            "submission_ids @> array[cast(:submission_id as text)]",
                            "submission_id",
                            submissionId)
                    .during("received_at", TimeRange.parse(from, to, ZoneOffset.UTC))
                    // Spelled like the index on it.
                    .text(
                            "to_tsvector('simple', left(body, 100000))"
                                    + " @@ websearch_to_tsquery('simple', :q)",
                            "q",
                            q);
        }
    }

    Paged<WebhookView> list(Filter filter, Keyset<WebhookView> page) {
        Conditions conditions = filter.conditions();
        return page.page(
                jdbc.sql(
                                "select %sfrom read.webhooks\n%s%s%s"
                                        .formatted(
                                                WebhookView.COLUMNS,
                                                conditions.sql(),
                                                page.where(),
                                                page.orderAndLimit()))
                        .params(conditions.params())
                        .params(page.params())
                        .query(Rows.of(WebhookView.class))
                        .list());
    }

    /// @param headers names in lower case; credentials and addresses left out
    /// @param body as sent, secrets redacted; null when the delivery was not authentic
    /// @param submissions what it carried and what became of each, in the order of its items
    record Detail(
            @JsonUnwrapped WebhookView webhook,
            @JsonRawValue @Schema(implementation = Object.class) String headers,
            @Nullable String remoteIp,
            @Nullable String body,
            List<Carried> submissions) {

        private Detail with(List<Carried> carried) {
            return new Detail(webhook, headers, remoteIp, body, carried);
        }
    }

    /// A submission in a delivery.
    ///
    /// @param outcome null: it is not in the view of leads yet
    /// @param leadId where it went; null: nowhere
    record Carried(
            String submissionId,
            @Nullable String outcome,
            @Nullable String code,
            @Nullable String leadId) {}

    Optional<Detail> find(String receiptId) {
        return jdbc.sql(
                        """
                        select %s, headers::text as headers, remote_ip, body
                        from read.webhooks
                        where receipt_id = :receipt_id
                        """
                                .formatted(WebhookView.COLUMNS.stripTrailing()))
                .param("receipt_id", receiptId)
                .query((row, n) ->
                        new Detail(
                                Rows.of(WebhookView.class).mapRow(row, n),
                                row.getString("headers"),
                                row.getString("remote_ip"),
                                row.getString("body"),
                                List.of()))
                .optional()
                .map(detail -> detail.with(carried(receiptId)));
    }

    private List<Carried> carried(String receiptId) {
        return jdbc.sql(
                        """
                        select item.submission_id, submissions.outcome, submissions.code,
                               submissions.lead_id
                        from read.webhooks
                        cross join lateral unnest(webhooks.submission_ids)
                            with ordinality as item (submission_id, number)
                        left join read.submissions
                            on submissions.submission_id = item.submission_id
                        where webhooks.receipt_id = :receipt_id
                        order by item.number
                        """)
                .param("receipt_id", receiptId)
                .query(Rows.of(Carried.class))
                .list();
    }

    /// How deliveries of a source went in the last days.
    ///
    /// @param refused for whatever reason
    record Health(String sourceId, long deliveries, long accepted, long refused, Instant newest) {}

    List<Health> health() {
        return jdbc.sql(
                        """
                        select source_id, count(*) as deliveries,
                               count(*) filter (where outcome = 'accepted') as accepted,
                               count(*) filter (where outcome <> 'accepted') as refused,
                               max(received_at) as newest
                        from read.webhooks
                        where received_at > now() - interval '7 days'
                          and source_id is not null
                        group by source_id
                        order by source_id
                        """)
                .query(Rows.of(Health.class))
                .list();
    }
}
