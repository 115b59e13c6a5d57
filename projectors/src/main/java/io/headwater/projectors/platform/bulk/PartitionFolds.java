package io.headwater.projectors.platform.bulk;

import io.headwater.archive.log.SourceLog;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.projectors.platform.lag.LiveLetters;
import io.headwater.schema.AvroSerde;
import io.headwater.streams.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Folds one partition after the other and leaves of each what Kafka Streams would have: its rows
/// in the tables and on the view topic, its state in the changelogs. What several partitions add to
/// is added up over all of them and left at the end.
final class PartitionFolds {

    private static final String ROWS = "rows of the view";
    private static final String STORE_OF_SUMS = "-rows";

    private final Projection projection;
    private final Generation generation;
    private final Backfill.Surroundings with;
    private final Connection connection;
    private final Seeds seeds;
    private final FreshTopics topics;
    private final Map<TopicPartition, SourceLog.Range> ranges;
    private final Backfill.Report report;
    private final AvroSerde<SpecificRecord> serde;
    private final Pace pace;
    private final Map<String, Schema> tables = new HashMap<>();
    private final Map<Schema, Sums<SpecificRecord>> sums = new HashMap<>();
    private final Map<Schema, String> sumStores = new HashMap<>();
    private final Set<String> created = new HashSet<>();
    private final int partitions;

    PartitionFolds(
            Projection projection,
            Generation generation,
            Backfill.Surroundings with,
            Connection connection,
            Seeds seeds,
            FreshTopics topics,
            Map<TopicPartition, SourceLog.Range> ranges,
            Backfill.Report report) {
        this.projection = projection;
        this.generation = generation;
        this.with = with;
        this.connection = connection;
        this.seeds = seeds;
        this.topics = topics;
        this.ranges = ranges;
        this.report = report;
        serde = new AvroSerde<>(with.ids());
        pace = new Pace(with.limit());
        for (var row : projection.rows()) {
            Schema schema = SpecificData.get().getSchema(row);
            tables.put(RowKey.table(schema), schema);
        }
        projection
                .sums()
                .forEach((row, name) -> {
                    Schema schema = SpecificData.get().getSchema(row);
                    sums.put(schema, sum(row));
                    sumStores.put(schema, name + STORE_OF_SUMS);
                });
        partitions =
                1 + ranges.keySet().stream().mapToInt(TopicPartition::partition).max().orElse(0);
    }

    @SuppressWarnings("unchecked") // rows of one kind are added to rows of the same
    private static Sums<SpecificRecord> sum(Class<? extends SpecificRecord> row) {
        return new Sums<>((Class<SpecificRecord>) row);
    }

    void run() throws PoisonException, SQLException, ExecutionException, InterruptedException {
        Path folder = BoundedStores.folder(with.settings().stateDir());
        long most = with.bulk().memory().toBytes();
        // Buckets are few beside what they are made of.
        try (var added = new BoundedStores(sums.isEmpty() ? 0 : most / 4, folder, serde)) {
            for (int partition = 0; partition < partitions; partition++) {
                try (var memory =
                        new BoundedStores(most - (sums.isEmpty() ? 0 : most / 4), folder, serde)) {
                    var fold = projection.fold(memory);
                    var rows = memory.<SpecificRecord>store(ROWS);
                    for (String topic : projection.sources()) {
                        fold(new TopicPartition(topic, partition), fold, memory, rows, added);
                    }
                    leave(partition, memory, rows);
                }
            }
            leave(added);
        }
    }

    private void fold(
            TopicPartition source,
            Fold fold,
            BoundedStores memory,
            SpillingStore<SpecificRecord> rows,
            BoundedStores added)
            throws PoisonException, ExecutionException, InterruptedException {
        var range = ranges.get(source);
        if (range == null) {
            return;
        }
        try (var cursor = with.source().open(source, range)) {
            long position = range.first();
            while (!cursor.isAtEnd()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the backfill is given up");
                }
                var records = cursor.poll();
                for (var record : records) {
                    fold(record, fold, memory, rows, added);
                }
                report.read(
                        cursor.position() - position,
                        records.isEmpty() ? 0 : records.getLast().timestamp());
                pace.keep(cursor.position() - position);
                position = cursor.position();
            }
        }
    }

    private void fold(
            ConsumerRecord<byte[], byte[]> record,
            Fold fold,
            BoundedStores memory,
            SpillingStore<SpecificRecord> rows,
            BoundedStores added)
            throws PoisonException, ExecutionException, InterruptedException {
        memory.at(record.timestamp());
        added.at(record.timestamp());
        SpecificRecord event;
        try {
            event = serde.deserialize(record.topic(), record.value());
        } catch (SerializationException undecodable) {
            dead(record, DeadLetters.DECODE, undecodable);
            return;
        }
        try {
            if (event == null) {
                throw new UnfoldableException("record without value");
            }
            @Nullable String key =
                    record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
            var position = new SourcePosition(record.partition(), record.offset());
            for (SpecificRecord row : fold.fold(key, event, position)) {
                String rowKey = RowKey.of(row);
                var sum = sums.get(row.getSchema());
                if (sum == null) {
                    rows.put(rowKey, row);
                } else {
                    var store =
                            added.<SpecificRecord>store(
                                    Objects.requireNonNull(sumStores.get(row.getSchema())));
                    SpecificRecord before = store.get(rowKey);
                    store.put(rowKey, before == null ? row : sum.apply(before, row));
                }
            }
        } catch (RetriableException away) {
            throw away;
        } catch (RuntimeException unfoldable) {
            dead(record, DeadLetters.PROCESS, unfoldable);
        }
        memory.bound();
        added.bound();
    }

    private void dead(ConsumerRecord<byte[], byte[]> record, String stage, RuntimeException failure)
            throws PoisonException, ExecutionException, InterruptedException {
        if (failure instanceof SerializationException
                && failure.getCause() instanceof RetriableException away) {
            throw away;
        }
        var letter = DeadLetters.letter(generation.deadLetterTopic(), record, stage, failure);
        var partition = new TopicPartition(record.topic(), record.partition());
        var live = with.known().foldedBy(projection.name(), partition, record.offset());
        if (live.isPresent()) {
            throw new PoisonException(
                    LiveLetters.reason(
                            live.get(),
                            partition,
                            record.offset(),
                            record.key(),
                            stage,
                            cause(letter)),
                    failure);
        }
        // At once: folding may take longer than a transaction.
        seeds.send(letter);
        seeds.commit();
    }

    private static String cause(ProducerRecord<byte[], byte[]> letter) {
        return new String(
                letter.headers().lastHeader(DeadLetters.CAUSE).value(), StandardCharsets.UTF_8);
    }

    /// Of one partition: in the order of the log on the view topic, by key into the tables.
    private void leave(int partition, BoundedStores memory, SpillingStore<SpecificRecord> rows)
            throws PoisonException, SQLException, ExecutionException, InterruptedException {
        makeChangelogs(memory);
        rows.<RuntimeException>forEachBy(
                PartitionFolds::offset,
                (key, row, timestamp) ->
                        seeds.send(record(generation.viewTopic(), partition, key, row, timestamp)));
        for (var store : memory.all()) {
            if (store != rows) {
                seed(store, partition);
            }
        }
        seeds.commit();
        TableLoads.load(connection, generation.schema(), rows);
    }

    /// What was added up over all partitions goes to the partition of its key, as it would by the
    /// repartition topic.
    private void leave(BoundedStores added)
            throws PoisonException, SQLException, ExecutionException, InterruptedException {
        if (sums.isEmpty()) {
            return;
        }
        sumStores.values().forEach(added::<SpecificRecord>store);
        makeChangelogs(added);
        for (String name : sumStores.values()) {
            var store = added.<SpecificRecord>store(name);
            store.<RuntimeException>forEach((key, row, timestamp) -> {
                int partition = Seeds.partitionOf(key.getBytes(StandardCharsets.UTF_8), partitions);
                seeds.send(record(generation.viewTopic(), partition, key, row, timestamp));
                seeds.send(record(topics.changelog(name), partition, key, row, timestamp));
            });
            seeds.commit();
            TableLoads.load(connection, generation.schema(), store);
        }
    }

    private <T> void seed(SpillingStore<T> store, int partition) {
        String changelog = topics.changelog(store.name());
        store.<RuntimeException>forEach((key, value, timestamp) ->
                seeds.send(
                        new ProducerRecord<>(
                                changelog,
                                partition,
                                timestamp,
                                key.getBytes(StandardCharsets.UTF_8),
                                store.bytes(value))));
    }

    private ProducerRecord<byte[], byte[]> record(
            String topic, int partition, String key, SpecificRecord row, long timestamp) {
        return new ProducerRecord<>(
                topic,
                partition,
                timestamp,
                key.getBytes(StandardCharsets.UTF_8),
                serde.serialize(topic, row));
    }

    /// Stores are known once a fold has asked for them.
    private void makeChangelogs(BoundedStores memory)
            throws ExecutionException, InterruptedException {
        var names =
                memory.all().stream()
                        .map(SpillingStore::name)
                        .filter(name -> !name.equals(ROWS))
                        .filter(created::add)
                        .toList();
        topics.createChangelogs(names, partitions);
        topics.awaitLeaders();
    }

    private static long offset(SpecificRecord row) {
        return (long) row.get(row.getSchema().getField(RowKey.SOURCE_OFFSET).pos());
    }
}
