package io.headwater.projectors;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Which rows each batch of source records changes, rows that are added up included: what a loop
/// that merges them batch by batch has to write. Told by the fold itself, over stores in memory.
///
/// Prints a line for each, number of the batch and key of the row, as Postgres COPY takes them;
/// `./headwater bench --parts views` runs it.
public final class ChangedRows {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Projection projection;
    private final int batchRecords;
    private final Writer out;
    private final Map<Integer, Fold> folds = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private long records;
    private long batch;

    ChangedRows(Projection projection, int batchRecords, Writer out) {
        this.projection = projection;
        this.batchRecords = batchRecords;
        this.out = out;
    }

    /// @param args projection, brokers, registry, cache of schema ids, records of a batch; then the
    ///   partitions in the order in which they are read, `topic:partition:records` each
    public static void main(String... args) throws IOException {
        var projection =
                TopologiesTest.projections()
                        .filter(one -> one.name().equals(args[0]))
                        .findFirst()
                        .orElseThrow();
        var serde = new AvroSerde<SpecificRecord>(SchemaIds.of(args[2], args[3]));
        // Nothing else may be printed there.
        try (var out =
                        new BufferedWriter(
                                new OutputStreamWriter(
                                        new FileOutputStream(FileDescriptor.out),
                                        StandardCharsets.UTF_8));
                var consumer =
                        new KafkaConsumer<>(
                                Map.<String, Object>of(
                                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                        args[1],
                                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                        false),
                                new StringDeserializer(),
                                serde)) {
            var rows = new ChangedRows(projection, Integer.parseInt(args[4]), out);
            for (String part : Arrays.asList(args).subList(5, args.length)) {
                String[] words = part.split(":");
                rows.read(
                        consumer,
                        new TopicPartition(words[0], Integer.parseInt(words[1])),
                        Long.parseLong(words[2]));
            }
            rows.end();
        }
    }

    private void read(
            KafkaConsumer<String, SpecificRecord> consumer, TopicPartition partition, long most)
            throws IOException {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        for (long left = most; left > 0; ) {
            for (var record : consumer.poll(POLL)) {
                if (left-- > 0) {
                    add(record);
                }
            }
        }
    }

    /// Partitions of one number are folded together, each in its order.
    void add(ConsumerRecord<String, SpecificRecord> record) throws IOException {
        var position = new SourcePosition(record.partition(), record.offset());
        folds.computeIfAbsent(record.partition(), _ -> projection.fold(FoldStores.inMemory()))
                .fold(record.key(), record.value(), position)
                .forEach(row -> changed.add(RowKey.of(row)));
        if (++records % batchRecords == 0) {
            end();
        }
    }

    /// Of the last batch, which may be shorter.
    void end() throws IOException {
        for (String key : changed) {
            out.append(String.valueOf(batch)).append('\t').append(escaped(key)).append('\n');
        }
        changed.clear();
        batch++;
        out.flush();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
