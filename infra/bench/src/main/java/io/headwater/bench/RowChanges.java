package io.headwater.bench;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.Topics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// What the yardstick of the rebuilds copies, made before any clock starts: which rows each batch
/// of source records changes, by what the live generation told on its view topic, and what these
/// rows are, by its tables.
///
/// Rows that are added up tell only the newest of the records that they come from, and a row that
/// changed often between two commits of the fold is told once: of these the yardstick writes less
/// than a loop would have to.
final class RowChanges {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Grounds grounds;
    private final Topics.Topic view;
    private final SourceOrder order;
    private final int batchRecords;

    /// @param view of the live generation, nothing of it compacted
    RowChanges(Grounds grounds, Topics.Topic view, SourceOrder order, int batchRecords) {
        this.grounds = grounds;
        this.view = view;
        this.order = order;
        this.batchRecords = batchRecords;
    }

    /// @param schema of the tables of the generation
    /// @param folder for the rows
    List<TableChanges> prepare(String schema, Path folder) throws SQLException, IOException {
        execute("create schema if not exists bench");
        execute("drop table if exists bench.changes");
        execute("create unlogged table bench.changes (batch int, key text)");
        told();
        execute("analyze bench.changes");
        Files.createDirectories(folder);
        var tables = new ArrayList<TableChanges>();
        for (Schema row : view.schemas()) {
            tables.add(rows(schema, row, folder.resolve(TableChanges.table(row) + ".copy")));
        }
        execute("drop table bench.changes");
        return tables;
    }

    private int batches() {
        return Math.toIntExact((order.records() + batchRecords - 1) / batchRecords);
    }

    /// Reads the view topic to its end.
    private void told() throws SQLException {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                grounds.backends().kafkaBootstrap(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new StringDeserializer(),
                        new AvroSerde<SpecificRecord>(grounds.ids()))) {
            var partitions =
                    IntStream.range(0, Grounds.PARTITIONS)
                            .mapToObj(part -> new TopicPartition(view.name(), part))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var copying = copyIn("copy bench.changes from stdin");
            try {
                while (partitions.stream()
                        .anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
                    var lines = new StringBuilder();
                    for (var record : consumer.poll(POLL)) {
                        // One that is taken away is in no table.
                        if (record.value() != null) {
                            lines.append(batchOf(record.value()))
                                    .append('\t')
                                    .append(record.key().replace("\\", "\\\\"))
                                    .append('\n');
                        }
                    }
                    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
                    copying.writeToCopy(bytes, 0, bytes.length);
                }
                copying.endCopy();
            } finally {
                if (copying.isActive()) {
                    copying.cancelCopy();
                }
            }
        }
    }

    private long batchOf(SpecificRecord row) {
        int partition = (int) row.get(row.getSchema().getField("src_partition").pos());
        long offset = (long) row.get(row.getSchema().getField("src_offset").pos());
        return order.placeOf(partition, offset) / batchRecords;
    }

    private TableChanges rows(String schema, Schema row, Path file)
            throws SQLException, IOException {
        String name = TableChanges.table(row);
        String sql =
                """
                copy (
                    select batch, %s
                    from (select distinct batch, key from bench.changes where key like '%s|%%') as c
                    join (select %s as key, t.* from %s.%s as t) as r using (key)
                    order by batch
                ) to stdout\
                """
                        .formatted(
                                TableChanges.columns(row, "r."),
                                name.replace("_", "\\_"),
                                TableChanges.keyOf(row),
                                schema,
                                name);
        long[] ends = new long[batches()];
        long rows = 0;
        long written = 0;
        int batch = 0;
        var copying = grounds.database().unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (byte[] line = copying.readFromCopy();
                    line != null;
                    line = copying.readFromCopy()) {
                int tab = tab(line);
                int of = Integer.parseInt(new String(line, 0, tab, StandardCharsets.US_ASCII));
                while (batch < of) {
                    ends[batch++] = written;
                }
                out.write(line, tab + 1, line.length - tab - 1);
                written += line.length - tab - 1;
                rows++;
            }
        }
        while (batch < ends.length) {
            ends[batch++] = written;
        }
        return new TableChanges(row, file, ends, rows);
    }

    private static int tab(byte[] line) {
        int at = 0;
        while (line[at] != '\t') {
            at++;
        }
        return at;
    }

    private CopyIn copyIn(String sql) throws SQLException {
        return grounds.database().unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = grounds.database().createStatement()) {
            statement.execute(sql);
        }
    }
}
