package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Leaves of each fold what Kafka Streams would have: its rows in the tables and on the view topic,
/// its state in the changelogs. What several partitions add to is added up over all of them and
/// left at the end.
final class Leftovers implements AutoCloseable {

    private final Generation generation;
    private final Backfill.Surroundings with;
    private final Connection connection;
    private final Seeds seeds;
    private final FreshTopics topics;
    private final RowSums sums;
    private final AvroSerde<SpecificRecord> serde;
    private final int partitions;
    private final AddedSums added;
    private final Set<String> created = new HashSet<>();

    /// @param connection fills the tables; nobody else uses it until the end
    /// @param memory of the sums, bytes of objects, estimated
    /// @param folder for sums that do not fit
    /// @param partitions of each changelog
    Leftovers(
            Generation generation,
            Backfill.Surroundings with,
            Connection connection,
            Seeds seeds,
            FreshTopics topics,
            RowSums sums,
            AvroSerde<SpecificRecord> serde,
            long memory,
            Path folder,
            int partitions) {
        this.generation = generation;
        this.with = with;
        this.connection = connection;
        this.seeds = seeds;
        this.topics = topics;
        this.sums = sums;
        this.serde = serde;
        this.partitions = partitions;
        added = new AddedSums(sums, serde, memory, BoundedStores.own(folder));
    }

    /// At once: folding may take longer than a transaction.
    void send(ProducerRecord<byte[], byte[]> letter) {
        seeds.send(letter);
        seeds.commit();
    }

    /// What was added up over all partitions: each row goes to the partition of its key, as it
    /// would by the repartition topic, and into the tables meanwhile.
    void end() throws PoisonException, SQLException, ExecutionException, InterruptedException {
        if (sums.isEmpty()) {
            return;
        }
        makeChangelogs(sums.stores());
        try (var beside = load(added::rows)) {
            sendSums();
            beside.await();
        }
    }

    private void sendSums() {
        added.<RuntimeException>forEach(sum -> {
            byte[] key = sum.key().getBytes(StandardCharsets.UTF_8);
            byte[] row = sum.bytes(serde);
            int partition = Seeds.partitionOf(key, partitions);
            String changelog = topics.changelog(sums.storeOf(sum.key()));
            long at = sum.timestamp();
            seeds.send(new ProducerRecord<>(generation.viewTopic(), partition, at, key, row));
            seeds.send(new ProducerRecord<>(changelog, partition, at, key, row));
        });
        seeds.commit();
    }

    /// Rows in the order of the log on the view topic, and by key into the tables meanwhile.
    void leave(int partition, PartitionFold fold)
            throws PoisonException, SQLException, ExecutionException, InterruptedException {
        var rows = fold.rows();
        rows.settle();
        makeChangelogs(fold.state().stream().map(SpillingStore::name).toList());
        try (var beside = load(rows::forEach)) {
            rows.<RuntimeException>forEachBy(
                    Leftovers::offset,
                    (key, row, timestamp) ->
                            seeds.send(
                                    new ProducerRecord<>(
                                            generation.viewTopic(),
                                            partition,
                                            timestamp,
                                            key.getBytes(StandardCharsets.UTF_8),
                                            serde.serialize(generation.viewTopic(), row))));
            for (var store : fold.state()) {
                seed(store, partition);
            }
            seeds.commit();
            fold.addTo(added);
            beside.await();
        }
    }

    /// Kafka and Postgres take what they are given side by side.
    private Beside load(TableLoads.Rows rows) {
        return new Beside(
                "load-" + generation,
                () -> TableLoads.load(connection, generation.schema(), rows, with.personal()));
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

    /// Stores are known once a fold has asked for them.
    private void makeChangelogs(Collection<String> stores)
            throws ExecutionException, InterruptedException {
        var names = stores.stream().filter(created::add).toList();
        if (!names.isEmpty()) {
            topics.createChangelogs(names, partitions);
            topics.awaitLeaders();
        }
    }

    private static long offset(SpecificRecord row) {
        return (long) row.get(row.getSchema().getField(RowKey.SOURCE_OFFSET).pos());
    }

    @Override
    public void close() {
        added.close();
    }
}
