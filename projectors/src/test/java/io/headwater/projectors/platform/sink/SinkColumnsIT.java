package io.headwater.projectors.platform.sink;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.SubmissionRow;
import io.headwater.views.TrafficRow;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every type of column and every table, and how readers move to another generation.
class SinkColumnsIT extends SinkTables {

    @Test
    void everyTypeOfColumnComesThrough() throws Exception {
        // given
        var leads = new Generation("leads", generations++);
        migrate(leads.schema(), "generation/leads");
        var traffic = new Generation("traffic", generations++);
        migrate(traffic.schema(), "generation/traffic");
        var lead = SampleEvents.filled(LeadRow.class);
        lead.put(
                lead.getSchema().getField("email").pos(),
                PersonalData.of("zoë\0@example.org 😀 \uD83D"));
        var submission = SampleEvents.filled(SubmissionRow.class);
        var fact = SampleEvents.filled(ProviderFactRow.class);
        for (var row : List.of(submission, fact)) {
            row.getSchema().getFields().stream()
                    .filter(field -> field.schema().toString().contains("Pii"))
                    .forEach(field -> row.put(field.pos(), null));
        }
        for (String name :
                List.of("first_name", "last_name", "phone", "message", "user_ip", "user_agent")) {
            lead.put(lead.getSchema().getField(name).pos(), null);
        }
        var bucket = new TrafficRow("main", NOON, "a|b", "", "ES", "x\\y", 1L, 2L, 3L, 4L, 0, 5L);

        // when
        write(leads, record(leads, lead), record(leads, submission), record(leads, fact));
        write(traffic, record(traffic, bucket));

        // then
        assertThat(jdbc.sql("select * from " + leads.schema() + ".leads").query().singleRow())
                .containsEntry("email", "zoë@example.org 😀 ?")
                .containsEntry("phone", null)
                .containsEntry("status", "the status")
                .containsEntry("version", 9_007_199_254_740_993L + "version".length());
        assertThat(
                        jdbc.sql(
                                        "select suspicion_reasons[1] || ', ' || (crm_ids ->> 'crm_ids') from "
                                                + leads.schema()
                                                + ".leads")
                                .query(String.class)
                                .single())
                .isEqualTo("the suspicion_reasons, the crm_ids");
        assertThat(
                        jdbc.sql(
                                        "select time_to_submit_seconds, received_at from "
                                                + leads.schema()
                                                + ".submissions")
                                .query((row, number) ->
                                        row.getDouble(1)
                                                + " "
                                                + row.getObject(2, OffsetDateTime.class)
                                                        .toInstant())
                                .single())
                .isEqualTo("22.1 " + NOON.plusMillis("received_at".length()));
        assertThat(
                        jdbc.sql(
                                        "select test, amount_minor from "
                                                + leads.schema()
                                                + ".provider_facts")
                                .query()
                                .singleRow())
                .containsEntry("test", true)
                .containsEntry("amount_minor", 9_007_199_254_740_993L + 12);
        assertThat(
                        jdbc.sql(
                                        "select source, campaign, device, clicks from "
                                                + traffic.schema()
                                                + ".traffic_15m where bucket = '2026-11-20T12:00:00Z'")
                                .query()
                                .singleRow())
                .isEqualTo(Map.of("source", "a|b", "campaign", "", "device", "x\\y", "clicks", 4L));

        // when
        var gone =
                new ConsumerRecord<byte[], byte[]>(
                        traffic.viewTopic(), 0, 1, bytes(RowKey.of(bucket)), null);
        var writer = writer(traffic, TrafficRow.class);
        Claim claim = writer.claim(traffic.viewTopic(), 0, 0);
        var batch = batch(traffic, gone);
        writer.write(batch, List.of(batch.move(claim, claim.next() + 1, 2)));

        // then
        assertThat(
                        jdbc.sql("select count(*) from " + traffic.schema() + ".traffic_15m")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void columnsAreThoseOfTheRecords() {
        for (String projection : Topics.projections()) {
            var generation = new Generation(projection, generations++);
            migrate(generation.schema(), "generation/" + projection);
            for (var type : Topics.view(projection, 1).records()) {
                var schema = SpecificData.get().getSchema(type);
                List<@Nullable String> columns =
                        jdbc.sql(
                                        "select column_name || ' ' || data_type || ' ' || is_nullable from information_schema.columns where table_schema = ? and table_name = ? order by ordinal_position")
                                .param(generation.schema())
                                .param(RowKey.table(schema))
                                .query(String.class)
                                .list();
                assertThat(columns)
                        .containsExactlyElementsOf(
                                schema.getFields().stream()
                                        .map(field ->
                                                field.name()
                                                        + " "
                                                        + new Column(field)
                                                                .sqlType()
                                                                .replace(
                                                                        "timestamptz",
                                                                        "timestamp with time zone")
                                                                .replace("text[]", "ARRAY")
                                                        + (field.schema().isNullable()
                                                                ? " YES"
                                                                : " NO"))
                                        .toList());
            }
        }
    }

    @Test
    void viewsMoveToAnotherGenerationAtOnce() {
        // given
        var next = new Generation("sessions", generations++);
        migrate(next.schema(), "generation/sessions");
        for (var generation : List.of(sessions, next)) {
            jdbc.sql(
                            "insert into ops.projection (projection, generation, fold_version, state) values (?, ?, 1, 'READY')")
                    .params(generation.projection(), generation.number())
                    .update();
        }

        // when
        publish(sessions);
        publish(next);
        publish(sessions);

        // then
        assertThat(
                        jdbc.sql(
                                        "select table_schema::text from information_schema.view_table_usage where view_schema = 'read' and view_name = 'sessions'")
                                .query(String.class)
                                .single())
                .isEqualTo(sessions.schema());
        assertThat(
                        jdbc.sql(
                                        "select has_table_privilege('headwater_query', 'read.sessions', 'select') and not has_table_privilege('headwater_query', 'read.sessions', 'update')")
                                .query(Boolean.class)
                                .single())
                .isTrue();
    }
}
