package io.headwater.vault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// How leads are forgotten, step by step; each step is safe to repeat, and whoever dies in between,
/// another goes on.
///
///     requested ──decider──► forgotten ──keys──► destroyed ──tables, recordings──► done
///         └──────► withdrawn ──asked again──► requested
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
    /// @param atOnce does not wait for the time in which it can be withdrawn
    /// @param keys how many were destroyed; null: not yet
    /// @param steps rows that were changed, by step
    public record Job(
            String leadId,
            String siteId,
            String cause,
            String actor,
            Instant requestedAt,
            boolean atOnce,
            State state,
            @Nullable Instant forgottenAt,
            @Nullable Instant destroyedAt,
            @Nullable Instant doneAt,
            @Nullable Instant withdrawnAt,
            @Nullable Integer keys,
            Map<String, Long> steps) {

        /// The visitor; null: it is a lead.
        public @Nullable String visitorId() {
            return isVisitor(leadId) ? leadId.substring(siteId.length() + 1) : null;
        }
    }

    static boolean isVisitor(String subject) {
        return subject.indexOf('/') >= 0;
    }

    /// How far it is.
    public enum State {
        REQUESTED,
        WITHDRAWN,
        FORGOTTEN,
        DESTROYED,
        DONE
    }

    private static final String COLUMNS =
            """
            select lead_id, site_id, cause, actor, requested_at, state, forgotten_at, destroyed_at, done_at, keys,
                   at_once, withdrawn_at,
                   (select coalesce(json_object_agg(step, changed), '{}')
                    from vault.erase_step s where s.lead_id = j.lead_id)
            from vault.erase_job j
            """;

    private final Transactions transactions;

    public Erasures(DataSource vault) {
        transactions = new Transactions(vault);
    }

    /// What its readers learn of the log, jobs included.
    public ReadLog log() {
        return new ReadLog(transactions);
    }

    /// Those for which something is to be done, the oldest first.
    public List<Job> open() {
        return transactions.call(connection -> {
            try (var select =
                    connection.prepareStatement(
                            COLUMNS
                                    + "where state not in ('done', 'withdrawn') order by requested_at, lead_id")) {
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
        if (leadId.indexOf('\0') >= 0) {
            // Postgres has no text with it: it would refuse the question, as if it was away
            return Optional.empty();
        }
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
    /// @return the keys; none when it is not forgotten: a visitor asked anew, or another one was
    ///   faster
    public List<String> destroy(String leadId) {
        return transactions.call(connection -> {
            if (!isForgotten(connection, leadId)) {
                return List.of();
            }
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
                            where lead_id = ?
                            """)) {
                update.setInt(1, found.size());
                update.setString(2, leadId);
                update.executeUpdate();
            }
            return found;
        });
    }

    /// Locks the job: nobody takes it elsewhere meanwhile.
    private static boolean isForgotten(Connection connection, String leadId) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "select from vault.erase_job where lead_id = ? and state = 'forgotten' for update")) {
            select.setString(1, leadId);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
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
                update.setArray(1, Columns.texts(connection, steps));
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
                .readTree(row.getString(13))
                .forEachEntry((step, changed) -> steps.put(step, changed.asLong()));
        int keys = row.getInt(10);
        boolean destroyed = !row.wasNull();
        return new Job(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant(),
                row.getBoolean(11),
                State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                Columns.instant(row, 7),
                Columns.instant(row, 8),
                Columns.instant(row, 9),
                Columns.instant(row, 12),
                destroyed ? keys : null,
                steps);
    }
}
