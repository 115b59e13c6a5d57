package io.headwater.projectors.platform.ops;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.SharedTables;
import io.headwater.projectors.platform.Generation;
import io.headwater.schema.Topics;
import io.headwater.views.LeadRow;
import io.headwater.views.WebhookRow;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class ExpiryIT {

    private static final Generation GENERATION = new Generation("webhooks", 77);

    @Test
    void rowsEndWhenTheirTopicLetsThemGo() {
        // given
        var jdbc = SharedTables.of(GENERATION);
        var kept = Topics.INTAKE_WEBHOOKS.retention();
        jdbc.sql(
                        """
                        insert into webhooks_g77.webhooks (receipt_id, channel, outcome, body_bytes,
                            received_at, src_partition, src_offset)
                        select 'r' || n, 'webhook', 'accepted', 0,
                               :over + n * interval '1 second', 0, n
                        from generate_series(-6000, 2) as n
                        """)
                .param("over", NOON.minus(kept).atOffset(ZoneOffset.UTC))
                .update();
        var expiry = new Expiry(jdbc);

        // when
        int deleted = expiry.sweep(GENERATION, List.of(WebhookRow.class), NOON);

        // then
        assertThat(deleted).isEqualTo(6_000);
        assertThat(expiry.sweep(GENERATION, List.of(WebhookRow.class), NOON)).isZero();
        assertThat(
                        jdbc.sql("select receipt_id from webhooks_g77.webhooks order by src_offset")
                                .query(String.class)
                                .list())
                .containsExactly("r0", "r1", "r2");
    }

    @Test
    void whatIsKeptForEverIsNotSwept() {
        var expiry = new Expiry(JdbcClient.create(new PGSimpleDataSource()));

        assertThat(expiry.sweep(new Generation("leads", 1), List.of(LeadRow.class), NOON)).isZero();
    }
}
