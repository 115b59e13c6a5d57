package io.headwater.schema;

import static io.headwater.schema.SampleEvents.NOON;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.ScoreLead;
import io.headwater.schema.AvroSerde.SchemaUnavailableException;
import io.headwater.state.SessionVisits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {

    private static final String EVENTS = Topics.LEAD_EVENTS.name();

    private final SchemaIds ids = SchemaIds.inMemory();
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(ids);

    @Test
    void frameIsMagicZeroIdInFourBytesThenAvro() {
        byte[] bytes = serde.serialize(EVENTS, SampleEvents.leadCaptured());

        assertThat(bytes).startsWith(0, 0, 0, 0, 1);
        assertThat(serde.deserialize(EVENTS, bytes)).isEqualTo(SampleEvents.leadCaptured());
    }

    @Test
    void everyTypeOfTheCatalogueComesBack() {
        for (var topic : Topics.all()) {
            for (var type : topic.records()) {
                SpecificRecord sample = SampleEvents.filled(type);
                byte[] bytes = serde.serialize(topic.name(), sample);
                SpecificRecord read = requireNonNull(serde.deserialize(topic.name(), bytes));
                // Avro cannot compare records with optional times inside a list
                assertThat(read.toString()).isEqualTo(sample.toString());
                assertThat(serde.serialize(topic.name(), read)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void tombstonesPass() {
        assertThat(serde.serialize(EVENTS, null)).isNull();
        assertThat(serde.deserialize(EVENTS, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"lead_id\":\"1\"}", "\u0001abcdefg"})
    void otherFormatsAreRefused(String text) {
        assertThatThrownBy(() -> serde.deserialize(EVENTS, text.getBytes()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Confluent wire format");
    }

    @Test
    void unknownIdIsRefused() {
        byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(77).putInt(0).array();

        assertThatThrownBy(() -> serde.deserialize(EVENTS, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("77");
    }

    @Test
    void cutShortIsRefused() {
        byte[] bytes = requireNonNull(serde.serialize(EVENTS, SampleEvents.leadCaptured()));

        assertThatThrownBy(() -> serde.deserialize(EVENTS, Arrays.copyOf(bytes, bytes.length / 2)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void typeThatTheTopicDoesNotAllowIsRefusedBothWays() {
        var command = SampleEvents.filled(ScoreLead.class);
        byte[] bytes = serde.serialize(Topics.LEAD_COMMANDS.name(), command);

        assertThatThrownBy(() -> serde.serialize(EVENTS, command))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not allowed");
        assertThatThrownBy(() -> serde.deserialize(EVENTS, bytes))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void internalTopicsTakeAnyRecordUnderItsName() {
        var visits = SampleEvents.filled(SessionVisits.class);

        byte[] bytes = serde.serialize("app-store-changelog", visits);

        assertThat(serde.deserialize("app-store-changelog", bytes)).isEqualTo(visits);
    }

    @Test
    void olderRecordsGetTheDefaultsOfNewFields() throws IOException {
        Schema old = without(ScoreLead.getClassSchema(), "score_version");
        GenericRecord before = new GenericData.Record(old);
        before.put("command_id", "c");
        before.put("site_id", "main");
        before.put("lead_id", "l");
        before.put("engagement_score", 7);
        before.put("engagement_label", "Cold");
        before.put("session_duration_seconds", 0L);
        before.put("pages_visited", 0);
        before.put("return_visits", 0);
        before.put("suspicion_reasons", List.of());
        before.put("vpn_suspected", false);
        before.put("submitted_at", NOON.toEpochMilli());
        before.put("requested_at", NOON.toEpochMilli());

        var read =
                (ScoreLead)
                        requireNonNull(
                                serde.deserialize(Topics.LEAD_COMMANDS.name(), framed(before)));

        assertThat(read.getEngagementScore()).isEqualTo(7);
        assertThat(read.getScoreVersion()).isEqualTo(1);
        assertThat(read.getRequestedAt()).isEqualTo(NOON);
    }

    @Test
    void newerRecordsLoseWhatIsNotKnownYet() throws IOException {
        Schema newer = with(LeadCaptured.getClassSchema(), "colour");
        var sample = SampleEvents.leadCaptured();
        GenericRecord after = new GenericData.Record(newer);
        sample.getSchema().getFields().forEach(f -> after.put(f.name(), sample.get(f.pos())));
        after.put("colour", "blue");
        var out = new ByteArrayOutputStream();
        out.writeBytes(header(ids.idOf("newer", newer)));
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(newer, sample.getSpecificData())
                .write(after, encoder);
        encoder.flush();

        assertThat(serde.deserialize(EVENTS, out.toByteArray())).isEqualTo(sample);
    }

    @Test
    void registryThatIsAwayIsNotTheRecordsFault() {
        var away = new AvroSerde<SpecificRecord>(new AwayIds());
        byte[] bytes = serde.serialize(EVENTS, SampleEvents.leadCaptured());

        assertThatThrownBy(() -> away.deserialize(EVENTS, bytes))
                .isInstanceOf(SchemaUnavailableException.class);
        assertThatThrownBy(() -> away.serialize(EVENTS, SampleEvents.leadCaptured()))
                .hasCauseInstanceOf(SchemaUnavailableException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }

    private byte[] framed(GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(header(ids.idOf("old", record.getSchema())));
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] header(int id) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }

    private static Schema without(Schema schema, String name) {
        var fields =
                schema.getFields().stream()
                        .filter(field -> !field.name().equals(name))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList();
        return Schema.createRecord(
                schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static Schema with(Schema schema, String name) {
        var fields =
                new ArrayList<>(
                        schema.getFields().stream()
                                .map(field -> new Schema.Field(field, field.schema()))
                                .toList());
        fields.add(new Schema.Field(name, Schema.create(Schema.Type.STRING), null, "none"));
        return Schema.createRecord(
                schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static final class AwayIds implements SchemaIds {
        @Override
        public int idOf(String subject, Schema schema) throws IOException {
            throw new IOException("away");
        }

        @Override
        public Schema schemaOf(int id) throws IOException {
            throw new IOException("away");
        }
    }
}
