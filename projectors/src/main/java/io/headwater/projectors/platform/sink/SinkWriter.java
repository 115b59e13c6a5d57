package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.RowKey;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.PersonalKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/// One connection of one sink: every batch is one transaction, guard first, then rows, then the
/// notification.
final class SinkWriter implements AutoCloseable {

    private final Connection connection;
    private final Positions positions;
    private final Parking parking;
    private final Map<String, RowTable> tables = new HashMap<>();
    private final CopyBuffer buffer = new CopyBuffer();
    private final String notification;

    SinkWriter(
            Connection connection,
            Generation generation,
            List<Class<? extends SpecificRecord>> rows,
            String owner)
            throws SQLException {
        this.connection = connection;
        positions = new Positions(generation, owner);
        parking = new Parking(generation);
        // Nobody looks at a generation that is not live.
        notification =
                """
                select pg_notify('headwater_projection', projection)
                from ops.projection
                where projection = '%s' and generation = %d and state = 'LIVE'\
                """
                        .formatted(generation.projection(), generation.number());
        for (var row : rows) {
            var table = new RowTable(generation.schema(), SpecificData.get().getSchema(row));
            table.prepare(connection);
            tables.put(table.name(), table);
        }
        connection.setAutoCommit(false);
    }

    Claim claim(String topic, int part, long first) throws SQLException {
        Claim claim = positions.claim(connection, topic, part, first);
        connection.commit();
        return claim;
    }

    Set<String> parkedKeys() throws SQLException {
        Set<String> keys = parking.keys(connection);
        connection.commit();
        return keys;
    }

    /// Moves positions over what holds no rows, and says that the owner lives.
    void move(Collection<Move> moves) throws SQLException, FencedException {
        try {
            positions.move(connection, moves);
            connection.commit();
        } catch (FencedException fenced) {
            refused(moves);
            throw fenced;
        }
    }

    /// @return records newly parked; empty when Postgres took all
    List<Parking.Parked> write(Batch batch, List<Move> moves) throws SQLException, FencedException {
        try {
            begin(batch, moves);
            for (var table : batch.changes().entrySet()) {
                write(table(table.getKey()), table.getValue());
            }
            return finish(List.of());
        } catch (FencedException fenced) {
            refused(moves);
            throw fenced;
        } catch (UnwritableException | SQLException failure) {
            if (failure instanceof SQLException error && !SqlErrors.isData(error)) {
                throw error;
            }
            connection.rollback();
            return writeAround(batch, moves);
        }
    }

    /// Writes what was parked of a partition, as far as Postgres takes it now: after a fix of the
    /// table, or of a lock or limit that is over.
    ///
    /// @param at where the partition is; moves nothing
    /// @return keys that are parked no more
    Set<String> drain(Move at, Deserializer<SpecificRecord> rows, PersonalKeys personal)
            throws SQLException, FencedException {
        try {
            positions.move(connection, List.of(at));
            var drained = new HashSet<String>();
            long records = 0;
            for (var waiting : parking.waiting(connection, at.from())) {
                if (drain(at.from(), waiting, rows, personal)) {
                    drained.add(waiting.key());
                    records += waiting.count();
                }
            }
            positions.move(connection, List.of(correction(at, -records)));
            finish(List.of());
            return drained;
        } catch (FencedException fenced) {
            refused(List.of(at));
            throw fenced;
        }
    }

    private boolean drain(
            Claim claim,
            Parking.Waiting waiting,
            Deserializer<SpecificRecord> rows,
            PersonalKeys personal)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            var change = Batch.change(waiting.newest(), waiting.key(), rows).opened(personal);
            RowTable target = table(RowKey.tableOf(waiting.key()));
            boolean fresh = !target.has(connection, waiting.key());
            target.clearStage(connection);
            write(target, List.of(change));
            parking.drained(connection, claim, waiting.key(), fresh);
            connection.releaseSavepoint(before);
            return true;
        } catch (UnwritableException
                | SerializationException
                | BrokenSealException
                | SQLException failure) {
            if (failure instanceof SQLException error && !SqlErrors.isData(error)) {
                throw error;
            }
            connection.rollback(before);
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// The same batch again, halving where it fails until the bad rows are found: they are parked,
    /// everything else is written.
    private List<Parking.Parked> writeAround(Batch batch, List<Move> moves)
            throws SQLException, FencedException {
        try {
            begin(batch, moves);
            var poison = new ArrayList<Parking.Parked>();
            for (var table : batch.changes().entrySet()) {
                bisect(table.getKey(), table.getValue(), poison);
            }
            parking.park(connection, poison);
            var corrections =
                    moves.stream()
                            .map(m -> correction(m, Batch.parkedOf(poison, m.from())))
                            .filter(m -> m.parked() > 0)
                            .toList();
            positions.move(connection, corrections);
            return finish(poison);
        } catch (FencedException fenced) {
            refused(moves);
            throw fenced;
        }
    }

    private void bisect(String table, List<Batch.Change> changes, List<Parking.Parked> poison)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            RowTable target = table(table);
            target.clearStage(connection);
            write(target, changes);
            connection.releaseSavepoint(before);
        } catch (UnwritableException | SQLException failure) {
            if (failure instanceof SQLException error && !SqlErrors.isData(error)) {
                throw error;
            }
            connection.rollback(before);
            if (changes.size() == 1) {
                var bad = changes.getFirst();
                String state =
                        failure instanceof SQLException error ? SqlErrors.state(error) : "ENCODE";
                poison.add(
                        new Parking.Parked(
                                bad.source(), bad.key(), state, SqlErrors.summary(failure)));
                return;
            }
            int middle = changes.size() / 2;
            bisect(table, changes.subList(0, middle), poison);
            bisect(table, changes.subList(middle, changes.size()), poison);
        }
    }

    private void begin(Batch batch, List<Move> moves) throws SQLException, FencedException {
        positions.move(connection, moves);
        parking.deadLetters(connection, batch.deadLetters());
        parking.park(connection, batch.parked());
    }

    private void write(RowTable table, List<Batch.Change> changes)
            throws SQLException, UnwritableException {
        var gone = new ArrayList<String>();
        buffer.begin();
        int empty = buffer.size();
        for (var change : changes) {
            SpecificRecord row = change.row();
            if (row == null) {
                gone.add(change.key());
                continue;
            }
            try {
                table.write(buffer, row);
            } catch (RuntimeException unwritable) {
                throw new UnwritableException(unwritable);
            }
        }
        if (buffer.size() > empty) {
            buffer.end();
            table.merge(connection, buffer);
        }
        if (!gone.isEmpty()) {
            table.delete(connection, gone);
        }
    }

    private List<Parking.Parked> finish(List<Parking.Parked> poison) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(notification);
        }
        connection.commit();
        return poison;
    }

    private RowTable table(String name) throws UnwritableException {
        RowTable table = tables.get(name);
        if (table == null) {
            throw new UnwritableException(
                    new IllegalArgumentException("no table " + RowKey.tableOf(name)));
        }
        return table;
    }

    private void refused(Collection<Move> moves) throws SQLException {
        connection.rollback();
        positions.fenced(connection, moves.stream().map(Move::from).toList());
        connection.commit();
    }

    /// Moves from applied to parked what the guard had counted before the row was known to be bad.
    private static Move correction(Move move, long poison) {
        return new Move(move.from().at(move.to()), move.to(), move.end(), 0, poison, 0);
    }

    /// A row that cannot even be encoded.
    private static final class UnwritableException extends Exception {
        UnwritableException(RuntimeException cause) {
            super(SqlErrors.summary(cause), cause);
        }
    }
}
