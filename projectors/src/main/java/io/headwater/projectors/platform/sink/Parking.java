package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.RowKey;
import io.headwater.streams.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Records kept aside: `ops.parked` for view records that Postgres refuses, with all that follow on
/// the same key; `ops.dead_letter` for source records that never became rows.
final class Parking {

    static final String BEHIND = "behind an earlier parked record of the same key";

    private static final String PARK =
            """
            insert into ops.parked
                (projection, generation, topic, part, "offset", table_name, row_key, sqlstate, error, value)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing\
            """;

    private static final String PARKED_KEYS =
            "select distinct row_key from ops.parked where projection = ? and generation = ?";

    private static final String WAITING =
            """
            select distinct on (row_key) row_key, "offset", value,
                   count(*) over (partition by row_key) as records
            from ops.parked
            where projection = ? and generation = ? and topic = ? and part = ?
            order by row_key, "offset" desc\
            """;

    private static final String UNPARK =
            """
            delete from ops.parked
            where projection = ? and generation = ? and topic = ? and part = ? and row_key = ?\
            """;

    private static final String DRAINED =
            """
            insert into ops.drained (projection, generation, row_key, fresh)
            values (?, ?, ?, ?)\
            """;

    private static final String DEAD_LETTER =
            """
            insert into ops.dead_letter
                (projection, generation, topic, part, "offset", stage, cause, key, value)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing\
            """;

    /// One record to be parked.
    record Parked(ConsumerRecord<byte[], byte[]> source, String key, String state, String error) {}

    private final Generation generation;

    Parking(Generation generation) {
        this.generation = generation;
    }

    Set<String> keys(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(PARKED_KEYS)) {
            select.setString(1, generation.projection());
            select.setInt(2, generation.number());
            Set<String> keys = new HashSet<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
            return keys;
        }
    }

    /// @throws UnparkableException when Postgres refuses the record here too
    void park(Connection connection, Collection<Parked> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(PARK)) {
            for (Parked parked : records) {
                insert.setString(1, generation.projection());
                insert.setInt(2, generation.number());
                insert.setString(3, parked.source().topic());
                insert.setInt(4, parked.source().partition());
                insert.setLong(5, parked.source().offset());
                insert.setString(6, RowKey.tableOf(parked.key()));
                insert.setString(7, parked.key());
                insert.setString(8, parked.state());
                insert.setString(9, parked.error());
                insert.setBytes(10, parked.source().value());
                insert.addBatch();
            }
            execute(insert);
        }
    }

    /// A key whose records are kept aside.
    ///
    /// @param newest record of it: a row is whole, so the newest is all of them
    /// @param count of its records
    record Waiting(ConsumerRecord<byte[], byte[]> newest, String key, long count) {}

    /// @return what is parked of one partition, by key
    List<Waiting> waiting(Connection connection, Claim claim) throws SQLException {
        try (var select = connection.prepareStatement(WAITING)) {
            partition(select, claim);
            var waiting = new ArrayList<Waiting>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    String key = rows.getString(1);
                    var newest =
                            new ConsumerRecord<byte[], byte[]>(
                                    claim.topic(),
                                    claim.part(),
                                    rows.getLong(2),
                                    key.getBytes(StandardCharsets.UTF_8),
                                    rows.getBytes(3));
                    waiting.add(new Waiting(newest, key, rows.getLong(4)));
                }
            }
            return waiting;
        }
    }

    /// Its row is in the table now.
    ///
    /// @param fresh there was no row of this key before
    void drained(Connection connection, Claim claim, String key, boolean fresh)
            throws SQLException {
        try (var delete = connection.prepareStatement(UNPARK)) {
            delete.setString(partition(delete, claim), key);
            delete.executeUpdate();
        }
        try (var insert = connection.prepareStatement(DRAINED)) {
            insert.setString(1, generation.projection());
            insert.setInt(2, generation.number());
            insert.setString(3, key);
            insert.setBoolean(4, fresh);
            insert.executeUpdate();
        }
    }

    private int partition(PreparedStatement statement, Claim claim) throws SQLException {
        statement.setString(1, generation.projection());
        statement.setInt(2, generation.number());
        statement.setString(3, claim.topic());
        statement.setInt(4, claim.part());
        return 5;
    }

    /// The position of a dead letter is that of the source record; without it, its own.
    ///
    /// @throws UnparkableException when Postgres refuses the record here too
    void deadLetters(Connection connection, Collection<ConsumerRecord<byte[], byte[]>> letters)
            throws SQLException {
        if (letters.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(DEAD_LETTER)) {
            for (var letter : letters) {
                insert.setString(1, generation.projection());
                insert.setInt(2, generation.number());
                insert.setString(3, header(letter, DeadLetters.TOPIC, letter.topic()));
                insert.setInt(
                        4,
                        Integer.parseInt(
                                header(letter, DeadLetters.PARTITION, "" + letter.partition())));
                insert.setLong(
                        5,
                        Long.parseLong(header(letter, DeadLetters.OFFSET, "" + letter.offset())));
                insert.setString(6, header(letter, DeadLetters.STAGE, "unknown"));
                insert.setString(7, header(letter, DeadLetters.CAUSE, "unknown"));
                insert.setBytes(8, letter.key());
                insert.setBytes(9, letter.value());
                insert.addBatch();
            }
            execute(insert);
        }
    }

    private static void execute(PreparedStatement insert) throws SQLException {
        try {
            insert.executeBatch();
        } catch (SQLException failure) {
            if (SqlErrors.isData(failure)) {
                throw new UnparkableException(failure);
            }
            throw failure;
        }
    }

    private static String header(
            ConsumerRecord<byte[], byte[]> letter, String name, String otherwise) {
        var header = letter.headers().lastHeader(name);
        return header == null
                ? otherwise
                : new String(header.value(), StandardCharsets.UTF_8).replace("\0", "");
    }
}
