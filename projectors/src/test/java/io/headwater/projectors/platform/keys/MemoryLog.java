package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A partition in memory.
final class MemoryLog implements RecordLog {

    static final AvroSerde<SpecificRecord> SERDE = new AvroSerde<>(SchemaIds.inMemory());

    private final String topic;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long read;

    MemoryLog(String topic) {
        this.topic = topic;
    }

    void add(String key, SpecificRecord value) {
        records.add(
                new ConsumerRecord<byte[], byte[]>(
                        topic,
                        0,
                        records.size(),
                        key.getBytes(StandardCharsets.UTF_8),
                        SERDE.serialize(topic, value)));
    }

    void add(SpecificRecord row) {
        add(RowKey.of(row), row);
    }

    long recordsRead() {
        return read;
    }

    @Override
    public long first() {
        return 0;
    }

    @Override
    public long end() {
        return records.size();
    }

    @Override
    public void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        for (long offset = from; offset < to; offset++) {
            read++;
            each.accept(records.get(Math.toIntExact(offset)));
        }
    }
}
