package io.headwater.vault;

import io.headwater.vault.RetentionRuns.Found;
import io.headwater.vault.RetentionRuns.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Finds the keys whose time is over, and destroys them: the kinds of [#KINDS]. To be called when
/// everything in the log has been noted, so that no key is younger than it seems.
///
/// A key goes when all that it seals is of the kind and older than the cutoff, and when nothing
/// else of what it seals a part of, the same submission or session, is kept. It is found by pages;
/// what a dry run counts and what goes is found by the same statement.
///
/// Every method throws [VaultUnavailableException] when the database does not answer.
public final class Retention {

    /// What is done here; the others are objects.
    public static final Set<DataKind> KINDS =
            Set.of(
                    DataKind.BODIES,
                    DataKind.SUBMISSIONS,
                    DataKind.FACTS,
                    DataKind.SESSIONS,
                    DataKind.UNUSED_KEYS);

    /// Purpose of what it writes into the ledger; the subject is the kind.
    static final String PURPOSE = "retention";

    /// Keys of one step.
    private static final int STEP = 1_000;

    /// Keys that are looked at for one step, whatever becomes of them: a statement is bounded.
    private static final int LOOK = 10_000;

    private static final String LAST_LOOKED_AT =
            """
            select last_at, kid from vault.key_use
            where kind = ? and not gone and last_at < ? and (last_at, kid) > (?, ?)
            order by last_at, kid
            offset ? limit 1
            """;

    private static final String OLD =
            """
            with rule as (select * from unnest(?, ?::timestamptz[]) as told (site_id, cutoff))
            select u.kid, s.site_id, u.first_at, u.last_at,
                   (select count(*) from vault.link l
                    where l.kid = u.kid and l.purpose = ? and not exists (
                        select from vault.link o join vault.key_use v on v.kid = o.kid
                        where o.purpose = l.purpose and o.subject = l.subject and o.kid < l.kid
                          and v.kind = u.kind))
            from vault.key_use u
            join vault.data_key k on k.kid = u.kid and k.state = 'active'
            cross join lateral (
                select coalesce(nullif(u.site_id, ''), (
                    select max(v.site_id) from vault.link l
                    join vault.link o on o.purpose = l.purpose and o.subject = l.subject
                    join vault.key_use v on v.kid = o.kid
                    where l.kid = u.kid and l.purpose = ?), '') as site_id) s
            cross join lateral (
                select case when exists (select from rule where rule.site_id = s.site_id)
                       then (select cutoff from rule where rule.site_id = s.site_id)
                       else ? end as cutoff) c
            where u.kind = ? and not u.gone and u.last_at < ? and (u.last_at, u.kid) > (?, ?)
              and (u.last_at, u.kid) <= (?, ?)
              and u.last_at < c.cutoff
              and not (u.kind = 'facts' and exists (
                  select from vault.link l where l.kid = u.kid and l.purpose = 'lead'))
              and not exists (
                  select from vault.link l
                  join vault.link o on o.purpose = l.purpose and o.subject = l.subject and o.kid <> l.kid
                  join vault.key_use v on v.kid = o.kid
                  join vault.data_key a on a.kid = o.kid and a.state = 'active'
                  where l.kid = u.kid and l.purpose = ? and v.kind <> 'bodies'
                    and (v.kind <> u.kind or v.last_at >= c.cutoff))
            order by u.last_at, u.kid
            limit ?
            """;

    /// Who owns a key by name, a source for example, keeps it.
    private static final String UNUSED =
            """
            select k.kid, k.created_at, k.state = 'active' and k.purpose is null and k.subject is null
                   and not exists (select from vault.link l where l.kid = k.kid)
                   and not exists (select from vault.key_use u where u.kid = k.kid)
            from vault.data_key k
            where k.kid > ? and k.created_at < ?
            order by k.kid
            limit ?
            """;

    /// @param things of which it is the first key
    private record Old(String kid, String siteId, Instant first, Instant last, long things) {}

    /// Where the next page begins.
    private record Mark(Instant at, String kid) {
        static final Mark START = new Mark(Instant.EPOCH, "");

        /// Later than any time of use.
        static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
    }

    /// @param next null: it was the last
    private record Page(List<Old> keys, @Nullable Mark next) {}

    private final Transactions transactions;

    public Retention(DataSource vault) {
        transactions = new Transactions(vault);
    }

    /// What would go.
    ///
    /// @throws RetentionRuns.LostPartException when another one does the part
    public Collection<Found> look(Work work) {
        var found = new TreeMap<String, Found>();
        for (var mark = Mark.START; mark != null; ) {
            var from = mark;
            var page =
                    transactions.call(connection -> {
                        RetentionRuns.hold(connection, work);
                        return page(connection, work, from);
                    });
            sum(page.keys(), found);
            mark = page.next();
        }
        return found.values();
    }

    /// What destroys, step by step: what a step has done stays done, whatever comes.
    public Steps steps(Work work) {
        return new Steps(work);
    }

    /// The way through all keys of one part.
    public final class Steps {

        private final Work work;
        private @Nullable Mark mark = Mark.START;

        private Steps(Work work) {
            this.work = work;
        }

        /// Whether another step may find something.
        public boolean isMore() {
            return mark != null;
        }

        /// @return the keys that it destroyed
        /// @throws RetentionRuns.LostPartException when another one does the part
        public List<String> next() {
            var from = Objects.requireNonNull(mark);
            var page =
                    transactions.call(connection -> {
                        RetentionRuns.hold(connection, work);
                        var found = page(connection, work, from);
                        if (!found.keys().isEmpty()) {
                            destroy(connection, work, found.keys());
                        }
                        return found;
                    });
            mark = page.next();
            return page.keys().stream().map(Old::kid).toList();
        }
    }

    private static void destroy(Connection connection, Work work, List<Old> keys)
            throws SQLException {
        var kind = work.rule().kind();
        var kids = keys.stream().map(Old::kid).toList();
        KeyVault.fence(connection, kids, new Owner(PURPOSE, kind.word()));
        if (kind.use() != null) {
            try (var update =
                    connection.prepareStatement(
                            "update vault.key_use set gone = true where kid = any (?)")) {
                update.setArray(1, Columns.texts(connection, kids));
                update.executeUpdate();
            }
            Expired.add(connection, work, Expired.job(work.runId(), kind, kids.getFirst()), kids);
        }
        var found = new TreeMap<String, Found>();
        sum(keys, found);
        RetentionRuns.add(connection, work, found.values());
    }

    private static void sum(List<Old> keys, TreeMap<String, Found> found) {
        for (var key : keys) {
            found.merge(
                    key.siteId(),
                    new Found(key.siteId(), key.things(), 1, 0, 0, key.first(), key.last()),
                    Retention::sum);
        }
    }

    private static Found sum(Found one, Found other) {
        var oldest = Objects.requireNonNull(one.oldest());
        var newest = Objects.requireNonNull(one.newest());
        var first = Objects.requireNonNull(other.oldest());
        var last = Objects.requireNonNull(other.newest());
        return new Found(
                one.siteId(),
                one.things() + other.things(),
                one.keys() + other.keys(),
                0,
                0,
                first.isBefore(oldest) ? first : oldest,
                last.isAfter(newest) ? last : newest);
    }

    private static Page page(Connection connection, Work work, Mark from) throws SQLException {
        return work.rule().kind().use() == null
                ? unused(connection, work, from)
                : old(connection, work, from);
    }

    private static Page old(Connection connection, Work work, Mark from) throws SQLException {
        var rule = work.rule();
        String purpose = rule.kind().purpose();
        var to = lastLookedAt(connection, work, from);
        var keys = new ArrayList<Old>();
        try (var select = connection.prepareStatement(OLD)) {
            RetentionRuns.setSites(select, 1, rule);
            select.setString(3, purpose);
            select.setString(4, purpose);
            select.setTimestamp(5, Columns.timestamp(rule.cutoff()));
            setBegin(select, 6, work, from);
            select.setTimestamp(10, Timestamp.from(to == null ? Mark.END : to.at()));
            select.setString(11, to == null ? "" : to.kid());
            select.setString(12, purpose);
            select.setInt(13, STEP);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(
                            new Old(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getTimestamp(3).toInstant(),
                                    row.getTimestamp(4).toInstant(),
                                    row.getLong(5)));
                }
            }
        }
        if (keys.size() == STEP) {
            return new Page(keys, new Mark(keys.getLast().last(), keys.getLast().kid()));
        }
        return new Page(keys, to);
    }

    /// @return null: fewer are left than are looked at
    private static @Nullable Mark lastLookedAt(Connection connection, Work work, Mark from)
            throws SQLException {
        try (var select = connection.prepareStatement(LAST_LOOKED_AT)) {
            setBegin(select, 1, work, from);
            select.setInt(5, LOOK - 1);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? new Mark(row.getTimestamp(1).toInstant(), row.getString(2))
                        : null;
            }
        }
    }

    private static void setBegin(PreparedStatement select, int first, Work work, Mark from)
            throws SQLException {
        select.setString(first, Objects.requireNonNull(work.rule().kind().use()).word());
        select.setTimestamp(first + 1, Timestamp.from(work.rule().newest().orElseThrow()));
        select.setTimestamp(first + 2, Timestamp.from(from.at()));
        select.setString(first + 3, from.kid());
    }

    private static Page unused(Connection connection, Work work, Mark from) throws SQLException {
        var keys = new ArrayList<Old>();
        int looked = 0;
        String last = "";
        try (var select = connection.prepareStatement(UNUSED)) {
            select.setString(1, from.kid());
            select.setTimestamp(2, Timestamp.from(work.rule().newest().orElseThrow()));
            select.setInt(3, LOOK);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    looked++;
                    last = row.getString(1);
                    if (row.getBoolean(3)) {
                        var made = row.getTimestamp(2).toInstant();
                        keys.add(new Old(last, "", made, made, 0));
                    }
                }
            }
        }
        return new Page(keys, looked < LOOK ? null : new Mark(Instant.EPOCH, last));
    }
}
