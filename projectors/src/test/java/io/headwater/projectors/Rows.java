package io.headwater.projectors;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// Rows for comparing: by key, as the text that shows a difference with the bytes that prove there
/// is none.
final class Rows {

    private static final Set<String> OFFSETS = Set.of("src_offset", "captured_offset");

    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(SchemaIds.inMemory());

    Map<String, String> bytes(Map<String, SpecificRecord> rows) {
        return texts(rows, row -> row);
    }

    /// Offsets are those of the log, which is another one after mixing.
    Map<String, String> bytesWithoutOffsets(Map<String, SpecificRecord> rows) {
        return texts(rows, Rows::withoutOffsets);
    }

    private Map<String, String> texts(
            Map<String, SpecificRecord> rows, UnaryOperator<SpecificRecord> seen) {
        Map<String, String> texts = new TreeMap<>();
        rows.forEach((key, row) -> {
            SpecificRecord one = seen.apply(row);
            byte[] bytes = serde.serialize("", one);
            texts.put(key, one + " " + HexFormat.of().formatHex(bytes));
        });
        return texts;
    }

    private static SpecificRecord withoutOffsets(SpecificRecord row) {
        SpecificRecord copy = SpecificData.get().deepCopy(row.getSchema(), row);
        for (var field : row.getSchema().getFields()) {
            if (OFFSETS.contains(field.name())) {
                copy.put(field.pos(), 0L);
            }
        }
        return copy;
    }
}
