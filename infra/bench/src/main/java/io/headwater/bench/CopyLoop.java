package io.headwater.bench;

import io.headwater.schema.AvroSerde;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// The yardstick of a rebuild, for any projection: reads the source topics, decodes every record,
/// and for each batch copies the rows that it changes into a temporary table and merges them. It
/// knows the rows before; no fold, no state, no view topic, no position: what cannot be beaten by a
/// loop of this kind.
final class CopyLoop {

    private static final int CHUNK = 1 << 16;

    private final Grounds grounds;
    private final SourceOrder order;
    private final List<TableChanges> tables;
    private final int batchRecords;

    CopyLoop(Grounds grounds, SourceOrder order, List<TableChanges> tables, int batchRecords) {
        this.grounds = grounds;
        this.order = order;
        this.tables = tables;
        this.batchRecords = batchRecords;
    }

    static String table(TableChanges changes) {
        return "bench." + changes.table();
    }

    /// Makes the tables anew, and fills them.
    ///
    /// @param schema whose tables they are like
    /// @param most records at most
    /// @return seconds, the making of the tables not counted
    double run(String schema, long most) throws SQLException, IOException {
        var backends = grounds.backends();
        try (var database =
                        DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), "");
                var files = new Files(tables)) {
            for (var table : tables) {
                prepare(database, schema, table);
            }
            database.setAutoCommit(false);
            long started = System.nanoTime();
            read(
                    Math.min(most, order.records()),
                    batch -> {
                        for (int i = 0; i < tables.size(); i++) {
                            merge(database, tables.get(i), files.open.get(i), batch);
                        }
                        database.commit();
                    });
            return (System.nanoTime() - started) / 1e9;
        }
    }

    private interface Batch {
        void end(int number) throws SQLException, IOException;
    }

    private void read(long records, Batch batch) throws SQLException, IOException {
        long read = 0;
        int batches = 0;
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                grounds.backends().kafkaBootstrap(),
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                batchRecords,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new StringDeserializer(),
                        new AvroSerde<SpecificRecord>(grounds.ids()))) {
            for (var part : order.parts()) {
                consumer.assign(List.of(part.partition()));
                consumer.seekToBeginning(List.of(part.partition()));
                long end = Math.min(records, part.before() + part.records());
                while (read < end) {
                    for (var record : consumer.poll(Duration.ofMillis(500))) {
                        if (read < end && ++read % batchRecords == 0) {
                            batch.end(batches++);
                        }
                    }
                }
            }
        }
        if (read % batchRecords != 0) {
            batch.end(batches);
        }
    }

    private void prepare(Connection database, String schema, TableChanges changes)
            throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute("drop table if exists " + table(changes));
            // Room in pages is not what "including all" takes along.
            statement.execute(
                    "create table %s (like %s.%s including all) with (fillfactor = 80)"
                            .formatted(table(changes), schema, changes.table()));
            statement.execute(
                    "create temporary table %s (like %s) on commit delete rows"
                            .formatted(stage(changes), table(changes)));
        }
    }

    private static String stage(TableChanges changes) {
        return "stage_" + changes.table();
    }

    private static void merge(
            Connection database, TableChanges changes, RandomAccessFile rows, int batch)
            throws SQLException, IOException {
        long left = changes.ends()[batch] - (batch == 0 ? 0 : changes.ends()[batch - 1]);
        if (left == 0) {
            return;
        }
        var copying =
                database.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy %s (%s) from stdin"
                                        .formatted(stage(changes), changes.columns()));
        copy(rows, left, copying);
        try (var statement = database.createStatement()) {
            statement.executeUpdate(changes.merge(table(changes), stage(changes)));
        }
    }

    private static void copy(RandomAccessFile rows, long bytes, CopyIn copying)
            throws SQLException, IOException {
        byte[] chunk = new byte[CHUNK];
        try {
            for (long left = bytes; left > 0; ) {
                int read = rows.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (read < 0) {
                    throw new IOException("rows of a batch are missing");
                }
                copying.writeToCopy(chunk, 0, read);
                left -= read;
            }
            copying.endCopy();
        } finally {
            if (copying.isActive()) {
                copying.cancelCopy();
            }
        }
    }

    /// The rows of each table, read from the beginning to the end.
    private static final class Files implements AutoCloseable {

        private final List<RandomAccessFile> open = new ArrayList<>();

        Files(List<TableChanges> tables) throws IOException {
            for (var table : tables) {
                open.add(new RandomAccessFile(table.file().toFile(), "r"));
            }
        }

        @Override
        public void close() throws IOException {
            for (var file : open) {
                file.close();
            }
        }
    }
}
