package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.views.SessionRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Avro's own writer says what the bytes must be.
class RecordWriterTest {

    static Stream<Schema> catalogue() {
        return CataloguedSchemas.all().stream();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void filledRecordsAreWrittenAsAvroWritesThem(Schema schema) throws IOException {
        SpecificRecord filled = SampleEvents.filled(typeOf(schema));

        assertThat(ours(filled)).isEqualTo(avros(filled));
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void recordsWithoutOptionalFieldsAreWrittenAsAvroWritesThem(Schema schema) throws IOException {
        SpecificRecord sparse = SampleEvents.filled(typeOf(schema));
        for (var field : schema.getFields()) {
            if (field.schema().isNullable()) {
                sparse.put(field.pos(), null);
            }
        }

        assertThat(ours(sparse)).isEqualTo(avros(sparse));
    }

    @Test
    void longAndForeignTextsAndBoundsOfNumbersAreWritten() throws IOException {
        SessionRow row = SampleEvents.filled(SessionRow.class);
        put(row, "entry_page", "/" + "ä€😀".repeat(2_000));
        put(row, "exit_page", "\uD800 alone");
        put(row, "referrer", "");
        put(row, "duration_seconds", Long.MIN_VALUE);
        put(row, "clicks", Integer.MAX_VALUE);
        put(row, "max_scroll_percent", Double.NaN);

        assertThat(ours(row)).isEqualTo(avros(row));
    }

    @Test
    void emptyListsAreWritten() throws IOException {
        var empty = new EventsTracked("s", null, null, List.of(), Instant.EPOCH, null, null);

        assertThat(ours(empty)).isEqualTo(avros(empty));
    }

    @Test
    void missingValueIsNamed() {
        SessionRow row = SampleEvents.filled(SessionRow.class);
        put(row, "device_type", null);

        assertThatThrownBy(() -> ours(row)).hasMessageContaining("device_type");
    }

    private static Class<? extends SpecificRecord> typeOf(Schema schema) {
        return SpecificData.get().getClass(schema).asSubclass(SpecificRecord.class);
    }

    private static void put(SpecificRecord record, String field, @Nullable Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
    }

    private static byte[] ours(SpecificRecord record) throws IOException {
        var out = new ByteArrayEncoder(4);
        new RecordWriter(record.getSchema()).write(record, out);
        return out.toByteArray();
    }

    private static byte[] avros(SpecificRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
