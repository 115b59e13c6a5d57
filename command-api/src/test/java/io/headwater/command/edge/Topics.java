package io.headwater.command.edge;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/// Everything that was appended, as it would stand on disk.
final class Topics {

    private Topics() {}

    static String text(RecordingLog log) {
        var serde = new AvroSerde<SpecificRecord>(SchemaIds.inMemory());
        var all = new StringBuilder();
        log.records.forEach(record ->
                all.append(
                        new String(
                                Objects.requireNonNull(
                                        serde.serialize(record.topic(), record.value())),
                                StandardCharsets.UTF_8)));
        return all.toString();
    }
}
