package io.headwater.bench;

import io.headwater.backends.Installation;
import io.headwater.schema.Topics;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.postgresql.PGConnection;

/// What the yardstick of the rebuilds copies, made before any clock starts: which rows each batch
/// of source records changes, by the fold, and what these rows are, by the tables of the live
/// generation.
final class RowChanges {

    private static final String TOLD_BY = "io.headwater.projectors.ChangedRows";

    private final Options options;
    private final Grounds grounds;
    private final Topics.Topic view;
    private final SourceOrder order;
    private final int batchRecords;

    RowChanges(
            Options options,
            Grounds grounds,
            Topics.Topic view,
            SourceOrder order,
            int batchRecords) {
        this.options = options;
        this.grounds = grounds;
        this.view = view;
        this.order = order;
        this.batchRecords = batchRecords;
    }

    /// @param projection that the rows are of
    /// @param schema of the tables of its live generation
    /// @param folder for the rows
    List<TableChanges> prepare(String projection, String schema, Path folder)
            throws SQLException, IOException, InterruptedException {
        execute("create schema if not exists bench");
        execute("drop table if exists bench.changes");
        execute("create unlogged table bench.changes (batch int, key text)");
        Files.createDirectories(folder);
        ask(projection, folder.resolve("changed-rows.log"));
        execute("analyze bench.changes");
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

    /// In a JVM of its own, on the classes that the projectors were tested with.
    private void ask(String projection, Path errors)
            throws SQLException, IOException, InterruptedException {
        Path target = options.root().resolve("projectors/target");
        var command =
                new ArrayList<>(
                        List.of(
                                Installation.java().toString(),
                                "-Xmx2g",
                                "-XX:+UseSerialGC",
                                "-cp",
                                String.join(
                                        File.pathSeparator,
                                        target.resolve("test-classes").toString(),
                                        target.resolve("classes").toString(),
                                        Files.readString(target.resolve("test-classpath")).strip()),
                                TOLD_BY,
                                projection,
                                grounds.backends().kafkaBootstrap(),
                                grounds.backends().registryUrl(),
                                grounds.projectors().cache(),
                                String.valueOf(batchRecords)));
        for (var part : order.parts()) {
            command.add(
                    "%s:%d:%d"
                            .formatted(
                                    part.partition().topic(),
                                    part.partition().partition(),
                                    part.records()));
        }
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (var lines = process.getInputStream()) {
            grounds.database()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy bench.changes from stdin", lines);
        } catch (SQLException | IOException broken) {
            process.destroy();
            throw broken;
        }
        if (process.waitFor() != 0) {
            throw new IOException(
                    "the fold could not tell which rows change: " + Files.readString(errors));
        }
    }

    private TableChanges rows(String schema, Schema row, Path file)
            throws SQLException, IOException {
        String name = TableChanges.table(row);
        String sql =
                """
                copy (
                    select batch, %s
                    from (select batch, key from bench.changes where key like '%s|%%') as c
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

    private void execute(String sql) throws SQLException {
        try (var statement = grounds.database().createStatement()) {
            statement.execute(sql);
        }
    }
}
