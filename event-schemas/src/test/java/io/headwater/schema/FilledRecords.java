package io.headwater.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// A record of any type with every field set, to a value made from the field's name.
final class FilledRecords {

    private FilledRecords() {}

    static <T extends SpecificRecord> T of(Class<T> type) {
        Schema schema = SpecificData.get().getSchema(type);
        return type.cast(record(schema));
    }

    private static Object record(Schema schema) {
        var record =
                (SpecificRecord)
                        SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), field.name()));
        }
        return record;
    }

    private static Object value(Schema schema, String name) {
        return switch (schema.getType()) {
            case STRING -> "the " + name;
            case INT -> name.length();
            case LONG ->
                    schema.getLogicalType() == null
                            ? (Object) (9_007_199_254_740_993L + name.length())
                            : SampleEvents.NOON.plusMillis(name.length());
            case DOUBLE -> name.length() + 0.1;
            case BOOLEAN -> true;
            case BYTES -> ByteBuffer.wrap(("ünï " + name).getBytes(StandardCharsets.UTF_8));
            case UNION -> value(schema.getTypes().get(1), name);
            case ARRAY -> List.of(value(schema.getElementType(), name));
            case MAP -> Map.of(name, value(schema.getValueType(), name));
            case RECORD -> record(schema);
            case ENUM, FIXED, FLOAT, NULL ->
                    throw new IllegalArgumentException("no sample for " + schema.getType());
        };
    }
}
