package io.headwater.schema;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/// Writes records of one schema, with what Avro's writer looks up for every value looked up once.
///
/// Avro reads this way by itself (its fast reader) and has no counterpart for writing. Covers what
/// the schemas of the catalogue use; anything else is left to Avro's writer, and so is saying what
/// is wrong with a record that cannot be written.
final class RecordWriter {

    @FunctionalInterface
    private interface Write {
        void write(Object value, Encoder out) throws IOException;
    }

    private final Write fast;
    private final SpecificDatumWriter<SpecificRecord> slow;

    RecordWriter(Schema schema) {
        slow = new SpecificDatumWriter<>(schema);
        fast = ofRecord(schema);
    }

    /// @throws org.apache.avro.AvroTypeException when a value is missing or of the wrong type
    void write(SpecificRecord record, ByteArrayEncoder out) throws IOException {
        try {
            fast.write(record, out);
        } catch (NullPointerException | ClassCastException invalid) {
            // Names the field.
            slow.write(record, new ByteArrayEncoder(256));
            throw invalid;
        }
    }

    private static Write of(Schema schema) {
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName().equals("timestamp-millis")
                    ? (value, out) -> out.writeLong(((Instant) value).toEpochMilli())
                    : byAvro(schema);
        }
        return switch (schema.getType()) {
            case STRING -> (value, out) -> out.writeString((String) value);
            case INT -> (value, out) -> out.writeInt((Integer) value);
            case LONG -> (value, out) -> out.writeLong((Long) value);
            case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
            case UNION -> ofUnion(schema);
            case ARRAY -> ofArray(of(schema.getElementType()));
            case MAP -> ofMap(of(schema.getValueType()));
            case RECORD -> ofRecord(schema);
            case NULL, ENUM, FIXED, FLOAT -> byAvro(schema);
        };
    }

    private static Write ofRecord(Schema schema) {
        var fields = schema.getFields();
        var writes = new Write[fields.size()];
        for (int i = 0; i < writes.length; i++) {
            writes[i] = of(fields.get(i).schema());
        }
        return (value, out) -> {
            var record = (SpecificRecord) value;
            for (int i = 0; i < writes.length; i++) {
                writes[i].write(record.get(i), out);
            }
        };
    }

    /// `["null", X]`, the only union the schemas use.
    private static Write ofUnion(Schema schema) {
        var types = schema.getTypes();
        if (types.size() != 2 || types.get(0).getType() != Schema.Type.NULL) {
            return byAvro(schema);
        }
        Write some = of(types.get(1));
        return (value, out) -> {
            if (value == null) {
                out.writeIndex(0);
            } else {
                out.writeIndex(1);
                some.write(value, out);
            }
        };
    }

    private static Write ofArray(Write item) {
        return (value, out) -> {
            var items = (Collection<?>) value;
            out.writeArrayStart();
            out.setItemCount(items.size());
            for (Object one : items) {
                out.startItem();
                item.write(one, out);
            }
            out.writeArrayEnd();
        };
    }

    private static Write ofMap(Write item) {
        return (value, out) -> {
            var entries = (Map<?, ?>) value;
            out.writeMapStart();
            out.setItemCount(entries.size());
            for (var entry : entries.entrySet()) {
                out.startItem();
                out.writeString((String) entry.getKey());
                item.write(entry.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    private static Write byAvro(Schema schema) {
        var writer = new SpecificDatumWriter<Object>(schema);
        return writer::write;
    }
}
