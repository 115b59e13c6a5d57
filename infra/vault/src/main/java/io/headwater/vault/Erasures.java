package io.headwater.vault;

import io.headwater.vault.KeyLinks.Link;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// How leads are forgotten, step by step; each step is safe to repeat, and whoever dies in between,
/// another goes on.
///
///     requested ──decider──► forgotten ──keys──► destroyed ──tables, recordings──► done
///
/// Every method throws [VaultUnavailableException] when the database does not answer.
public final class Erasures {

    /// The step of the projectors: every table of every generation.
    public static final String TABLES = "tables";

    /// The step of the jobs: what is kept of sessions as objects.
    public static final String RECORDINGS = "recordings";

    /// All that is done by others before a lead is done.
    public static final List<String> STEPS = List.of(TABLES, RECORDINGS);

    /// A lead that is to be forgotten, or a visitor.
    ///
    /// @param leadId of a visitor: `site/visitor`, which no lead has
    /// @param cause `hand`, or the provider that asked
    /// @param actor who asked, as the event says
    /// @param keys how many were destroyed; null: not yet
    /// @param steps rows that were changed, by step
    public record Job(
            String leadId,
            String siteId,
            String cause,
            String actor,
            Instant requestedAt,
            State state,
            @Nullable Instant forgottenAt,
            @Nullable Instant destroyedAt,
            @Nullable Instant doneAt,
            @Nullable Integer keys,
            Map<String, Long> steps) {

        /// The visitor; null: it is a lead.
        public @Nullable String visitorId() {
            return isVisitor(leadId) ? leadId.substring(siteId.length() + 1) : null;
        }
    }

    private static boolean isVisitor(String subject) {
        return subject.indexOf('/') >= 0;
    }

    /// How far it is.
    public enum State {
        REQUESTED,
        FORGOTTEN,
        DESTROYED,
        DONE
    }

    /// What a reader of the log learned, to be noted together.
    ///
    /// @param shared facts that turned out to be a lead's: what one has is the other's
    /// @param requested leads that are to be forgotten
    /// @param forgotten leads that the decider has forgotten, and when
    /// @param moves how far it has read
    /// @param uses what keys were used for
    public record Learned(
            List<Link> links,
            Map<Owner, Owner> shared,
            List<Job> requested,
            List<Job> forgotten,
            Set<Move> moves,
            List<KeyUse> uses) {

        public Learned(
                List<Link> links,
                Map<Owner, Owner> shared,
                List<Job> requested,
                List<Job> forgotten,
                Set<Move> moves) {
            this(links, shared, requested, forgotten, moves, List.of());
        }
    }

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

    private static final String COLUMNS =
            """
            select lead_id, site_id, cause, actor, requested_at, state, forgotten_at, destroyed_at, done_at, keys,
                   (select coalesce(json_object_agg(step, changed), '{}')
                    from vault.erase_step s where s.lead_id = j.lead_id)
            from vault.erase_job j
            """;

    private final Transactions transactions;

    public Erasures(DataSource vault) {
        transactions = new Transactions(vault);
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
        if (isVisitor(job.leadId())) {
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

    /// Those that are not done, the oldest first.
    public List<Job> open() {
        return transactions.call(connection -> {
            try (var select =
                    connection.prepareStatement(
                            COLUMNS + "where state <> 'done' order by requested_at, lead_id")) {
                return jobs(select);
            }
        });
    }

    /// The newest first, but what was nobody's wish.
    ///
    /// @param most of them
    public List<Job> newest(int most) {
        return transactions.call(connection -> {
            try (var select =
                    connection.prepareStatement(
                            COLUMNS
                                    + "where left(lead_id, 1) <> '/' order by requested_at desc, lead_id limit ?")) {
                select.setInt(1, most);
                return jobs(select);
            }
        });
    }

    public Optional<Job> find(String leadId) {
        return transactions.call(connection -> {
            try (var select = connection.prepareStatement(COLUMNS + "where lead_id = ?")) {
                select.setString(1, leadId);
                return jobs(select).stream().findFirst();
            }
        });
    }

    /// Destroys all keys of a lead that the decider has forgotten, or of a visitor, and leaves
    /// their fences, those of keys that are lost included. To be called when everything that was
    /// written before the decider forgot it has been noted.
    ///
    /// @return the keys
    public List<String> destroy(String leadId) {
        return transactions.call(connection -> {
            var found = KeyLinks.traces(connection, leadId).kids();
            KeyVault.fence(
                    connection,
                    found,
                    new Owner(isVisitor(leadId) ? KeyLinks.VISITOR : KeyLinks.LEAD, leadId));
            try (var update =
                    connection.prepareStatement(
                            """
                            update vault.erase_job
                            set state = 'destroyed', destroyed_at = clock_timestamp(), keys = ?
                            where lead_id = ? and state = 'forgotten'
                            """)) {
                update.setInt(1, found.size());
                update.setString(2, leadId);
                update.executeUpdate();
            }
            return found;
        });
    }

    /// What was wrapped stands in the pages of the table until then; Postgres does it by itself,
    /// too, some time later.
    public void vacuum() {
        transactions.run("vacuum vault.data_key");
    }

    /// What there is of a lead, or of what a rule of retention ended.
    public KeyLinks.Traces traces(String leadId) {
        return transactions.call(connection ->
                Expired.isJob(leadId)
                        ? Expired.traces(connection, leadId)
                        : KeyLinks.traces(connection, leadId));
    }

    /// Leads whose keys were destroyed so long ago that nobody remembers them, and for whom a step
    /// was not done.
    ///
    /// @param forgets longest time that a key is remembered
    public List<String> waiting(String step, Duration forgets) {
        return transactions.call(connection -> {
            try (var select =
                    connection.prepareStatement(
                            """
                            select lead_id from vault.erase_job j
                            where state = 'destroyed'
                              and destroyed_at <= now() - ? * interval '1 millisecond'
                              and not exists (
                                  select from vault.erase_step s where s.lead_id = j.lead_id and s.step = ?)
                            order by destroyed_at
                            """)) {
                select.setLong(1, forgets.toMillis());
                select.setString(2, step);
                var waiting = new ArrayList<String>();
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        waiting.add(row.getString(1));
                    }
                }
                return waiting;
            }
        });
    }

    /// @param changed rows
    public void done(String leadId, String step, long changed) {
        transactions.call(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            """
                            insert into vault.erase_step (lead_id, step, changed, at)
                            values (?, ?, ?, now()) on conflict do nothing
                            """)) {
                insert.setString(1, leadId);
                insert.setString(2, step);
                insert.setLong(3, changed);
                return insert.executeUpdate();
            }
        });
    }

    /// Those of which every step is done.
    ///
    /// @param steps all that there are
    /// @return leads that are done now
    public List<String> finish(Collection<String> steps) {
        return transactions.call(connection -> {
            try (var update =
                    connection.prepareStatement(
                            """
                            update vault.erase_job j set state = 'done', done_at = now()
                            where state = 'destroyed' and not exists (
                                select from unnest(?) as wanted (step)
                                where not exists (
                                    select from vault.erase_step s
                                    where s.lead_id = j.lead_id and s.step = wanted.step))
                            returning lead_id
                            """)) {
                update.setArray(1, KeyLinks.texts(connection, List.copyOf(steps)));
                var done = new ArrayList<String>();
                try (var row = update.executeQuery()) {
                    while (row.next()) {
                        done.add(row.getString(1));
                    }
                }
                return done;
            }
        });
    }

    private static List<Job> jobs(PreparedStatement select) throws SQLException {
        var jobs = new ArrayList<Job>();
        try (var row = select.executeQuery()) {
            while (row.next()) {
                jobs.add(job(row));
            }
        }
        return jobs;
    }

    private static Job job(ResultSet row) throws SQLException {
        var steps = new TreeMap<String, Long>();
        JsonMapper.shared()
                .readTree(row.getString(11))
                .forEachEntry((step, changed) -> steps.put(step, changed.asLong()));
        int keys = row.getInt(10);
        boolean destroyed = !row.wasNull();
        return new Job(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant(),
                State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                instant(row, 7),
                instant(row, 8),
                instant(row, 9),
                destroyed ? keys : null,
                steps);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
