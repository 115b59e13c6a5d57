package io.headwater.vault;

import io.headwater.vault.Erasures.Job;
import io.headwater.vault.KeyLinks.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was learned from the log, in one transaction with how far it was read: a vault that was
/// restored is read on from where its backup was.
///
/// Every method throws [VaultUnavailableException] when the database does not answer.
public final class ReadLog {

    /// What a reader of the log learned, to be noted together.
    ///
    /// @param shared facts that turned out to be a lead's: what one has is the other's
    /// @param requested leads that are to be forgotten
    /// @param forgotten leads that the decider has forgotten, and when
    /// @param moves how far it has read
    public record Learned(
            List<Link> links,
            Map<Owner, Owner> shared,
            List<Job> requested,
            List<Job> forgotten,
            Set<Move> moves) {}

    /// How far a reader came.
    ///
    /// @param from where the vault said that the partition stands; null: it said nothing
    /// @param next offset of the first record that was not read
    public record Move(String topic, int partition, @Nullable Long from, long next) {}

    /// The vault stands elsewhere than a reader thinks: it was restored, or another one reads.
    /// Nothing was noted; to be read again from where it stands.
    public static final class ElsewhereException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ElsewhereException(Move move) {
            super("the vault was not read up to " + move + ": begins again from where it is");
        }
    }

    /// @param next offset of the first record of the partition that was not read
    public record Position(String topic, int partition, long next) {}

    private final Transactions transactions;

    ReadLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /// Notes what was read, all of it or nothing. What was noted before is not changed.
    ///
    /// @throws ElsewhereException when it was not read from where the vault stands
    public void learn(Learned learned) {
        transactions.call(connection -> {
            KeyLinks.add(connection, learned.links());
            for (var one : learned.shared().entrySet()) {
                KeyLinks.share(connection, one.getKey(), one.getValue());
            }
            for (var job : learned.requested()) {
                request(connection, job);
            }
            for (var job : learned.forgotten()) {
                forgotten(connection, job);
            }
            for (var move : learned.moves()) {
                moved(connection, move);
            }
            return true;
        });
    }

    private static void moved(Connection connection, Move move) throws SQLException {
        String sql =
                move.from() == null
                        ? "insert into vault.link_position (next, topic, part) values (?, ?, ?) on conflict do nothing"
                        : "update vault.link_position set next = ? where topic = ? and part = ? and next = ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, move.next());
            statement.setString(2, move.topic());
            statement.setInt(3, move.partition());
            if (move.from() != null) {
                statement.setLong(4, move.from());
            }
            if (statement.executeUpdate() != 1) {
                throw new ElsewhereException(move);
            }
        }
    }

    /// How far the log was read.
    public Set<Position> positions() {
        return transactions.call(connection -> {
            var positions = new HashSet<Position>();
            try (var select =
                            connection.prepareStatement(
                                    "select topic, part, next from vault.link_position");
                    var row = select.executeQuery()) {
                while (row.next()) {
                    positions.add(new Position(row.getString(1), row.getInt(2), row.getLong(3)));
                }
            }
            return positions;
        });
    }

    private static void request(Connection connection, Job job) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.erase_job (lead_id, site_id, cause, actor, requested_at, state)
                        values (?, ?, ?, ?, ?, 'requested') on conflict do nothing
                        """)) {
            insert.setString(1, job.leadId());
            insert.setString(2, job.siteId());
            insert.setString(3, job.cause());
            insert.setString(4, job.actor());
            insert.setTimestamp(5, Timestamp.from(job.requestedAt()));
            insert.executeUpdate();
        }
    }

    /// Also of a lead for which nobody asked: it was merged into one for which somebody did.
    private static void forgotten(Connection connection, Job job) throws SQLException {
        request(connection, job);
        if (Erasures.isVisitor(job.leadId())) {
            askedAgain(connection, job);
        }
        try (var update =
                connection.prepareStatement(
                        """
                        update vault.erase_job set state = 'forgotten', forgotten_at = ?
                        where lead_id = ? and state = 'requested'
                        """)) {
            update.setTimestamp(1, Timestamp.from(job.requestedAt()));
            update.setString(2, job.leadId());
            update.executeUpdate();
        }
    }

    /// A visitor may come back, and ask once more for what was done since.
    private static void askedAgain(Connection connection, Job job) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        with again as (
                            update vault.erase_job
                            set state = 'requested', requested_at = ?, actor = ?, destroyed_at = null, done_at = null
                            where lead_id = ? and requested_at < ? and state <> 'requested'
                            returning lead_id)
                        delete from vault.erase_step where lead_id in (select lead_id from again)
                        """)) {
            update.setTimestamp(1, Timestamp.from(job.requestedAt()));
            update.setString(2, job.actor());
            update.setString(3, job.leadId());
            update.setTimestamp(4, Timestamp.from(job.requestedAt()));
            update.executeUpdate();
        }
    }
}
