package io.headwater.projectors.platform.bulk;

import io.headwater.archive.log.SourceLog;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.bulk.Progress.Step;
import io.headwater.projectors.platform.sink.SqlErrors;
import io.headwater.projectors.platform.streams.GenerationTopics;
import io.headwater.schema.SchemaIds;
import io.headwater.vault.PersonalKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/// One attempt to make the first rows of one generation: whatever is left of another attempt is
/// deleted, then everything is made anew. Only the last step, in one transaction of Postgres, makes
/// it count; whoever dies before it leaves nothing that anybody reads.
final class Backfill {

    /// What the surroundings give.
    ///
    /// @param personal opens what the tables show in the clear
    /// @param known source records that the live generation could not fold either
    /// @param limit records per second that may be read; 0: not limited
    /// @param makeTables of the generation, as its migrations say
    record Surroundings(
            ProjectorSettings settings,
            BulkSettings bulk,
            SchemaIds ids,
            PersonalKeys personal,
            Admin admin,
            SourceLog source,
            KnownLetters known,
            IntSupplier limit,
            Runnable makeTables) {}

    private static final String FORGET =
            "delete from ops.%s where projection = ? and generation = ?";

    private static final String POSITION =
            """
            insert into ops.projection_position
                (projection, generation, topic, part, next_offset, end_offset, read, applied)
            values (?, ?, ?, ?, ?, ?, ?, ?)\
            """;

    private static final String HAND_OVER =
            """
            update ops.projection
            set backfill = 'handed-over'
            where projection = ? and generation = ? and backfill = 'bulk' and runs\
            """;

    private final Projection projection;
    private final Generation generation;
    private final Surroundings with;
    private final Connection connection;
    private final Report report;

    /// Told of every step, before it begins, and of what was read.
    interface Report {
        void begins(Step step);

        void over(long first, long end);

        void read(long offsets, long timestamp);
    }

    /// @param connection holds the lock of the generation
    Backfill(
            Projection projection,
            Generation generation,
            Surroundings with,
            Connection connection,
            Report report) {
        this.projection = projection;
        this.generation = generation;
        this.with = with;
        this.connection = connection;
        this.report = report;
    }

    /// @return false when it is not wanted any more
    /// @throws PoisonException when another attempt would end as this one did
    boolean run() throws PoisonException, SQLException, ExecutionException, InterruptedException {
        try (var seeds = new Seeds(with.settings(), generation)) {
            report.begins(Step.CLEARING);
            var tables = new FreshTables(connection, generation.schema());
            var topics = new FreshTopics(with.admin(), generation, replication());
            clear(tables, topics);
            with.makeTables().run();
            tables.dropIndexes();
            GenerationTopics.provide(with.admin(), projection, generation, replication());
            topics.awaitLeaders();

            report.begins(Step.FOLDING);
            var ranges = with.source().ranges(projection.sources());
            report.over(
                    ranges.values().stream().mapToLong(SourceLog.Range::first).sum(),
                    ranges.values().stream().mapToLong(SourceLog.Range::end).sum());
            new PartitionFolds(
                            projection, generation, with, connection, seeds, topics, ranges, report)
                    .run();

            report.begins(Step.INDEXING);
            Map<TopicPartition, Long> offsets = new HashMap<>();
            ranges.forEach((partition, range) -> offsets.put(partition, range.end()));
            try (var indexes = new Beside("index-" + generation, tables::buildIndexes)) {
                // They count as little as the rows do before the last step.
                seeds.handOver(generation, offsets);
                topics.awaitOffsets(offsets.keySet());
                indexes.await();
            }

            report.begins(Step.HANDING_OVER);
            boolean counts = handOver(topics.viewEnds(), seeds);
            report.begins(Step.DONE);
            return counts;
        } catch (SQLException refused) {
            if (SqlErrors.isData(refused)) {
                throw new PoisonException(
                        "Postgres refuses a row: " + SqlErrors.summary(refused), refused);
            }
            throw refused;
        }
    }

    private void clear(FreshTables tables, FreshTopics topics)
            throws SQLException, ExecutionException, InterruptedException {
        topics.delete();
        tables.drop();
        for (String table :
                new String[] {"projection_position", "parked", "drained", "dead_letter"}) {
            try (var delete = connection.prepareStatement(FORGET.formatted(table))) {
                delete.setString(1, generation.projection());
                delete.setInt(2, generation.number());
                delete.executeUpdate();
            }
        }
    }

    /// From here on the sink owns the tables, and Kafka Streams the state.
    private boolean handOver(Map<TopicPartition, Long> viewEnds, Seeds seeds) throws SQLException {
        connection.setAutoCommit(false);
        try {
            try (var durable = connection.createStatement()) {
                durable.execute("set local synchronous_commit = on");
            }
            try (var insert = connection.prepareStatement(POSITION)) {
                for (var end : viewEnds.entrySet()) {
                    long rows = seeds.sent(end.getKey());
                    insert.setString(1, generation.projection());
                    insert.setInt(2, generation.number());
                    insert.setString(3, end.getKey().topic());
                    insert.setInt(4, end.getKey().partition());
                    insert.setLong(5, end.getValue());
                    insert.setLong(6, end.getValue());
                    insert.setLong(7, rows);
                    insert.setLong(8, rows);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (var update = connection.prepareStatement(HAND_OVER)) {
                update.setString(1, generation.projection());
                update.setInt(2, generation.number());
                if (update.executeUpdate() != 1) {
                    connection.rollback();
                    return false;
                }
            }
            connection.commit();
            return true;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private short replication() {
        return with.settings().streams().replicationFactor();
    }
}
