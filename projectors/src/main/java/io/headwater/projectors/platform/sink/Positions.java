package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.ToLongFunction;

/// Positions of one generation in `ops.projection_position`: the truth about what is in the tables,
/// moved in the same transaction as the rows.
final class Positions {

    private static final String INSERT =
            """
            insert into ops.projection_position (projection, generation, topic, part, next_offset)
            values (?, ?, ?, ?, ?)
            on conflict do nothing\
            """;

    private static final String CLAIM =
            """
            update ops.projection_position
            set epoch = epoch + 1, owner = ?, heartbeat = now()
            where projection = ? and generation = ? and topic = ? and part = ?
            returning epoch, next_offset\
            """;

    private static final String MOVE =
            """
            update ops.projection_position p
            set next_offset = m.n, end_offset = greatest(m.e, m.n), heartbeat = now(),
                read = p.read + m.read, applied = p.applied + m.applied,
                parked = p.parked + m.parked, skipped = p.skipped + m.skipped
            from unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                as m(topic, part, epoch, o, n, e, read, applied, parked, skipped)
            where p.projection = ? and p.generation = ?
              and p.topic = m.topic and p.part = m.part
              and p.epoch = m.epoch and p.next_offset = m.o\
            """;

    private static final String FENCED =
            """
            update ops.projection_position
            set fenced = fenced + 1
            where projection = ? and generation = ? and topic = ? and part = ?\
            """;

    private final Generation generation;
    private final String owner;

    Positions(Generation generation, String owner) {
        this.generation = generation;
        this.owner = owner;
    }

    /// Takes a partition over; waits for a transaction of the former owner to end.
    ///
    /// @param first where to begin when nobody ever did
    Claim claim(Connection connection, String topic, int part, long first) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            int next = key(insert, 1);
            insert.setString(next++, topic);
            insert.setInt(next++, part);
            insert.setLong(next, first);
            insert.executeUpdate();
        }
        try (var claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, owner);
            int next = key(claim, 2);
            claim.setString(next++, topic);
            claim.setInt(next, part);
            try (var row = claim.executeQuery()) {
                row.next();
                return new Claim(topic, part, row.getLong(1), row.getLong(2));
            }
        }
    }

    /// The guard: first statement of every transaction that writes rows.
    ///
    /// @throws FencedException when one of the partitions is not ours any more, or not where we
    ///   think
    void move(Connection connection, Collection<Move> moves) throws SQLException, FencedException {
        if (moves.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement(MOVE)) {
            update.setArray(
                    1,
                    connection.createArrayOf(
                            "text", moves.stream().map(m -> m.from().topic()).toArray()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", moves.stream().map(m -> m.from().part()).toArray()));
            longs(connection, update, 3, moves, m -> m.from().epoch());
            longs(connection, update, 4, moves, m -> m.from().next());
            longs(connection, update, 5, moves, Move::to);
            longs(connection, update, 6, moves, Move::end);
            longs(connection, update, 7, moves, Move::read);
            longs(connection, update, 8, moves, Move::applied);
            longs(connection, update, 9, moves, Move::parked);
            longs(connection, update, 10, moves, Move::skipped);
            key(update, 11);
            int hits = update.executeUpdate();
            if (hits != moves.size()) {
                throw new FencedException(
                        hits + " of " + moves.size() + " partitions are still ours");
            }
        }
    }

    /// Counts refused writes; needs no epoch, moves nothing.
    void fenced(Connection connection, Collection<Claim> claims) throws SQLException {
        try (var update = connection.prepareStatement(FENCED)) {
            for (Claim claim : claims) {
                int next = key(update, 1);
                update.setString(next++, claim.topic());
                update.setInt(next, claim.part());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private int key(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, generation.projection());
        statement.setInt(first + 1, generation.number());
        return first + 2;
    }

    private static void longs(
            Connection connection,
            PreparedStatement statement,
            int parameter,
            Collection<Move> moves,
            ToLongFunction<Move> value)
            throws SQLException {
        statement.setArray(
                parameter,
                connection.createArrayOf("int8", moves.stream().map(value::applyAsLong).toArray()));
    }
}
