package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// What the records of one partition, or of one group of it, are folded into: the stores of the
/// fold, the newest of each row, and what the records add to rows that others add to, too.
final class PartitionFold implements AutoCloseable {

    private static final String ROWS = "rows of the view";

    private final BoundedStores memory;
    private final AvroSerde<SpecificRecord> serde;
    private final Fold fold;
    private final RowSums sums;
    private final SpillingStore<SpecificRecord> rows;

    PartitionFold(
            Projection projection,
            long memory,
            Path folder,
            AvroSerde<SpecificRecord> serde,
            RowSums sums) {
        this.memory = new BoundedStores(memory, folder, serde);
        this.serde = serde;
        this.sums = sums;
        fold = projection.fold(this.memory);
        rows = this.memory.store(ROWS);
    }

    /// All of a record or nothing.
    ///
    /// @throws SerializationException when it cannot be decoded
    /// @throws RuntimeException of the fold
    void fold(ConsumerRecord<byte[], byte[]> record) {
        memory.at(record.timestamp());
        SpecificRecord event = serde.deserialize(record.topic(), record.value());
        if (event == null) {
            throw new UnfoldableException("record without value");
        }
        @Nullable String key =
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        var position = new SourcePosition(record.partition(), record.offset());
        for (SpecificRecord row : fold.fold(key, event, position)) {
            if (!sums.add(memory, row)) {
                rows.put(RowKey.of(row), row);
            }
        }
    }

    /// @return how much of the memory it was given; above 1 it is too much
    double filled() {
        return memory.filled();
    }

    /// What does not fit goes to disk.
    void bound() {
        memory.bound();
    }

    SpillingStore<SpecificRecord> rows() {
        return rows;
    }

    /// Stores of the fold.
    List<SpillingStore<?>> state() {
        return memory.all().stream()
                .filter(store -> store != rows && !sums.isOne(store.name()))
                .toList();
    }

    /// Adds what was summed up here to what other partitions did.
    void addTo(AddedSums all) {
        sums.addAll(memory, all);
    }

    @Override
    public void close() {
        memory.close();
    }
}
