package io.headwater.vault;

import io.headwater.vault.KeyLinks.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
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
    /// @param told about wishes to be forgotten, those of one subject in the order of the log
    /// @param moves how far it has read
    /// @param uses what keys were used for
    public record Learned(
            List<Link> links,
            Map<Owner, Owner> shared,
            List<Told> told,
            Set<Move> moves,
            List<KeyUse> uses) {}

    /// What was told about the wish to forget a lead, or a visitor.
    public sealed interface Told {

        /// The lead; of a visitor: `site/visitor`.
        String subject();
    }

    /// @param cause `hand`, or the provider that asked
    /// @param at by the server's time
    /// @param atOnce does not wait for the time in which it can be withdrawn
    public record Asked(
            String subject, String siteId, String cause, String actor, Instant at, boolean atOnce)
            implements Told {}

    /// @param requestedAt of the wish
    public record Withdrawn(String subject, Instant requestedAt, Instant at) implements Told {}

    /// The decider has forgotten a lead.
    public record Forgotten(String subject, String siteId, String cause, String actor, Instant at)
            implements Told {}

    /// @param requestedAt of the wish
    public record VisitorForgotten(String subject, Instant requestedAt, Instant at)
            implements Told {}

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
            KeyUses.add(connection, learned.uses());
            for (var one : learned.shared().entrySet()) {
                KeyLinks.share(connection, one.getKey(), one.getValue());
            }
            for (var told : learned.told()) {
                told(connection, told);
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

    private static void told(Connection connection, Told told) throws SQLException {
        switch (told) {
            case Asked asked -> {
                asked(connection, asked);
                askedAgain(connection, asked);
            }
            case Withdrawn withdrawn ->
                    settled(
                            connection,
                            "state = 'withdrawn', withdrawn_at = ?",
                            withdrawn.at(),
                            withdrawn.subject(),
                            withdrawn.requestedAt());
            case VisitorForgotten forgotten ->
                    settled(
                            connection,
                            "state = 'forgotten', forgotten_at = ?",
                            forgotten.at(),
                            forgotten.subject(),
                            forgotten.requestedAt());
            case Forgotten forgotten -> forgotten(connection, forgotten);
        }
    }

    private static void asked(Connection connection, Asked asked) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.erase_job (lead_id, site_id, cause, actor, requested_at, at_once, state)
                        values (?, ?, ?, ?, ?, ?, 'requested') on conflict do nothing
                        """)) {
            insert.setString(1, asked.subject());
            insert.setString(2, asked.siteId());
            insert.setString(3, asked.cause());
            insert.setString(4, asked.actor());
            insert.setTimestamp(5, Timestamp.from(asked.at()));
            insert.setBoolean(6, asked.atOnce());
            insert.executeUpdate();
        }
    }

    /// After it was withdrawn; a visitor may come back, and ask once more for what was done since.
    private static void askedAgain(Connection connection, Asked asked) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        with again as (
                            update vault.erase_job
                            set state = 'requested', cause = ?, actor = ?, requested_at = ?, at_once = ?,
                                withdrawn_at = null, forgotten_at = null, destroyed_at = null,
                                done_at = null, keys = null
                            where lead_id = ? and requested_at <> ?
                              and (state = 'withdrawn' or (? and state <> 'requested'))
                            returning lead_id)
                        delete from vault.erase_step where lead_id in (select lead_id from again)
                        """)) {
            update.setString(1, asked.cause());
            update.setString(2, asked.actor());
            update.setTimestamp(3, Timestamp.from(asked.at()));
            update.setBoolean(4, asked.atOnce());
            update.setString(5, asked.subject());
            update.setTimestamp(6, Timestamp.from(asked.at()));
            update.setBoolean(7, Erasures.isVisitor(asked.subject()));
            update.executeUpdate();
        }
    }

    /// What becomes of one wish; of an older or newer one it tells nothing.
    ///
    /// @param changes with one place for a time
    private static void settled(
            Connection connection, String changes, Instant at, String subject, Instant requestedAt)
            throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        update vault.erase_job set %s
                        where lead_id = ? and state = 'requested' and requested_at = ?
                        """
                                .formatted(changes))) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setString(2, subject);
            update.setTimestamp(3, Timestamp.from(requestedAt));
            update.executeUpdate();
        }
    }

    /// Also of a lead for which nobody asked: it was merged into one for which somebody did.
    private static void forgotten(Connection connection, Forgotten done) throws SQLException {
        asked(
                connection,
                new Asked(
                        done.subject(),
                        done.siteId(),
                        done.cause(),
                        done.actor(),
                        done.at(),
                        false));
        try (var update =
                connection.prepareStatement(
                        """
                        update vault.erase_job
                        set state = 'forgotten', forgotten_at = ?, withdrawn_at = null
                        where lead_id = ? and state in ('requested', 'withdrawn')
                        """)) {
            update.setTimestamp(1, Timestamp.from(done.at()));
            update.setString(2, done.subject());
            update.executeUpdate();
        }
    }
}
