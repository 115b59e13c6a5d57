package io.headwater.vault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What is asked about things whose time is over, and what came of it. A run has a part for each
/// kind; whoever can do a part takes it for a while and goes on with it, and when it dies another
/// one does.
///
/// Every method throws [VaultUnavailableException] when the database does not answer.
public final class RetentionRuns {

    /// Of what a run is about one kind.
    ///
    /// @param cutoff what is older goes; null: nothing
    /// @param sites those with a rule of their own, and its cutoff, null as above
    public record Rule(
            DataKind kind, @Nullable Instant cutoff, Map<String, @Nullable Instant> sites) {

        /// @return empty: nothing goes
        Optional<Instant> newest() {
            var newest = cutoff;
            for (var own : sites.values()) {
                newest = newest == null || (own != null && own.isAfter(newest)) ? own : newest;
            }
            return Optional.ofNullable(newest);
        }
    }

    /// Of one site, or where none is known, with an empty id.
    ///
    /// @param things requests, submissions, facts, sessions
    /// @param oldest begin of the hour in which the oldest was received; of objects the day
    public record Found(
            String siteId,
            long things,
            long keys,
            long objects,
            long bytes,
            @Nullable Instant oldest,
            @Nullable Instant newest) {}

    /// @param doneAt null: not yet
    public record Part(Rule rule, @Nullable Instant doneAt, List<Found> found) {}

    /// @param steps how many jobs clear tables and recordings after it
    /// @param stepsDone of these
    /// @param rows of tables that were cleared
    /// @param objects recordings of sessions that were deleted
    public record Run(
            String id,
            Instant at,
            String actor,
            boolean dryRun,
            @Nullable Instant doneAt,
            List<Part> parts,
            long steps,
            long stepsDone,
            long rows,
            long objects) {

        /// Whether tables and recordings are done, too.
        public boolean isDone() {
            return doneAt != null && steps == stepsDone;
        }
    }

    /// A part that somebody holds.
    ///
    /// @param holder who
    public record Work(String runId, String actor, boolean dryRun, Rule rule, String holder) {}

    /// Somebody else goes on with the part.
    public static final class LostPartException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostPartException(Work work) {
            super("somebody else does " + work.rule().kind().word() + " of " + work.runId());
        }
    }

    private static final Duration HOLD = Duration.ofMinutes(1);

    private final Transactions transactions;

    public RetentionRuns(DataSource vault) {
        transactions = new Transactions(vault);
    }

    /// @param id of a daily run the day: it is asked for once
    /// @return false: it was asked for before
    public boolean ask(String id, Instant at, String actor, boolean dryRun, List<Rule> rules) {
        return transactions.call(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            """
                            insert into vault.retention_run (run_id, at, actor, dry_run)
                            values (?, ?, ?, ?) on conflict do nothing
                            """)) {
                insert.setString(1, id);
                insert.setTimestamp(2, Timestamp.from(at));
                insert.setString(3, actor);
                insert.setBoolean(4, dryRun);
                if (insert.executeUpdate() == 0) {
                    return false;
                }
            }
            for (var rule : rules) {
                add(connection, id, rule);
            }
            finish(connection, id);
            return true;
        });
    }

    /// Where nothing goes there is nothing to do.
    private static void add(Connection connection, String runId, Rule rule) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.retention_part (run_id, kind, cutoff, sites, cutoffs, done_at)
                        values (?, ?, ?, ?, ?::timestamptz[], case when ? then now() end)
                        """)) {
            insert.setString(1, runId);
            insert.setString(2, rule.kind().word());
            insert.setTimestamp(3, Columns.timestamp(rule.cutoff()));
            setSites(insert, 4, rule);
            insert.setBoolean(6, rule.newest().isEmpty());
            insert.executeUpdate();
        }
    }

    /// As two arrays, at two places.
    static void setSites(PreparedStatement statement, int at, Rule rule) throws SQLException {
        var sites = new TreeMap<>(rule.sites());
        statement.setArray(at, Columns.texts(statement.getConnection(), sites.keySet()));
        statement.setArray(
                at + 1,
                statement
                        .getConnection()
                        .createArrayOf(
                                "timestamptz",
                                sites.values().stream().map(RetentionRuns::text).toArray()));
    }

    /// With its zone.
    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /// The oldest part that nobody does.
    ///
    /// @param kinds that whoever asks can do
    /// @param holder who asks
    public Optional<Work> take(Collection<DataKind> kinds, String holder) {
        return transactions.call(connection -> {
            try (var update =
                    connection.prepareStatement(
                            """
                            update vault.retention_part p
                            set holder = ?, held_until = now() + ? * interval '1 second'
                            from (select run_id, kind from vault.retention_part join vault.retention_run r using (run_id)
                                  where retention_part.done_at is null and kind = any (?)
                                    and (holder is null or holder = ? or held_until < now())
                                  order by r.at, run_id, kind limit 1
                                  for update of retention_part skip locked) free, vault.retention_run r
                            where p.run_id = free.run_id and p.kind = free.kind and r.run_id = p.run_id
                            returning p.run_id, r.actor, r.dry_run, p.kind, p.cutoff, p.sites, p.cutoffs
                            """)) {
                update.setString(1, holder);
                update.setLong(2, HOLD.toSeconds());
                update.setArray(
                        3, Columns.texts(connection, kinds.stream().map(DataKind::word).toList()));
                update.setString(4, holder);
                try (var row = update.executeQuery()) {
                    return row.next()
                            ? Optional.of(
                                    new Work(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getBoolean(3),
                                            rule(row, 4),
                                            holder))
                            : Optional.empty();
                }
            }
        });
    }

    static Rule rule(ResultSet row, int column) throws SQLException {
        var sites = new TreeMap<String, @Nullable Instant>();
        String[] names = (String[]) row.getArray(column + 2).getArray();
        var cutoffs = (Timestamp[]) row.getArray(column + 3).getArray();
        for (int i = 0; i < names.length; i++) {
            sites.put(names[i], cutoffs[i] == null ? null : cutoffs[i].toInstant());
        }
        return new Rule(
                DataKind.of(row.getString(column)).orElseThrow(),
                Columns.instant(row, column + 1),
                sites);
    }

    /// Adds what was found or done, and holds the part for longer.
    ///
    /// @throws LostPartException when another one has it; nothing was added
    public void add(Work work, Collection<Found> found) {
        transactions.call(connection -> {
            hold(connection, work);
            add(connection, work, found);
            return true;
        });
    }

    /// Until the end of the transaction nobody else does anything about this part.
    static void hold(Connection connection, Work work) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        update vault.retention_part set held_until = clock_timestamp() + ? * interval '1 second'
                        where run_id = ? and kind = ? and holder = ? and done_at is null
                        """)) {
            update.setLong(1, HOLD.toSeconds());
            update.setString(2, work.runId());
            update.setString(3, work.rule().kind().word());
            update.setString(4, work.holder());
            if (update.executeUpdate() != 1) {
                throw new LostPartException(work);
            }
        }
    }

    static void add(Connection connection, Work work, Collection<Found> found) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.retention_found as f
                            (run_id, kind, site_id, things, keys, objects, bytes, oldest, newest)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (run_id, kind, site_id) do update set
                            things = f.things + excluded.things, keys = f.keys + excluded.keys,
                            objects = f.objects + excluded.objects, bytes = f.bytes + excluded.bytes,
                            oldest = least(f.oldest, excluded.oldest), newest = greatest(f.newest, excluded.newest)
                        """)) {
            for (var one : found) {
                insert.setString(1, work.runId());
                insert.setString(2, work.rule().kind().word());
                insert.setString(3, one.siteId());
                insert.setLong(4, one.things());
                insert.setLong(5, one.keys());
                insert.setLong(6, one.objects());
                insert.setLong(7, one.bytes());
                insert.setTimestamp(8, Columns.timestamp(one.oldest()));
                insert.setTimestamp(9, Columns.timestamp(one.newest()));
                insert.executeUpdate();
            }
        }
    }

    /// The part is done, with what was found last.
    ///
    /// @throws LostPartException when another one has it; nothing was changed
    public void done(Work work, Collection<Found> last) {
        transactions.call(connection -> {
            hold(connection, work);
            add(connection, work, last);
            try (var update =
                    connection.prepareStatement(
                            "update vault.retention_part set done_at = now() where run_id = ? and kind = ?")) {
                update.setString(1, work.runId());
                update.setString(2, work.rule().kind().word());
                update.executeUpdate();
            }
            finish(connection, work.runId());
            return true;
        });
    }

    private static void finish(Connection connection, String runId) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        update vault.retention_run r set done_at = now()
                        where run_id = ? and done_at is null and not exists (
                            select from vault.retention_part p where p.run_id = r.run_id and p.done_at is null)
                        """)) {
            update.setString(1, runId);
            update.executeUpdate();
        }
    }

    public Optional<Run> find(String runId) {
        return first("where run_id = ?", runId);
    }

    /// The newest.
    ///
    /// @param dryRun of those that only look, or of the others
    public Optional<Run> last(boolean dryRun) {
        return first("where dry_run = ? order by at desc, run_id limit 1", dryRun);
    }

    private Optional<Run> first(String which, Object value) {
        return transactions.call(connection -> RunRows.first(connection, which, value));
    }
}
