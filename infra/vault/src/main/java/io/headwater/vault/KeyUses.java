package io.headwater.vault;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/// What the keys were used for, in the table `vault.key_use`. Adding what is there already changes
/// nothing.
final class KeyUses {

    private static final String ADD =
            """
            insert into vault.key_use as u (kid, kind, site_id, first_at, last_at)
            select * from unnest(?, ?, ?, ?::timestamptz[], ?::timestamptz[])
            on conflict (kid) do update set
                kind = case when array_position(%1$s, excluded.kind) > array_position(%1$s, u.kind)
                       then excluded.kind else u.kind end,
                site_id = case when u.site_id = '' then excluded.site_id else u.site_id end,
                first_at = least(u.first_at, excluded.first_at),
                last_at = greatest(u.last_at, excluded.last_at)
            where array_position(%1$s, excluded.kind) > array_position(%1$s, u.kind)
               or (u.site_id = '' and excluded.site_id <> '')
               or excluded.first_at < u.first_at or excluded.last_at > u.last_at
            """
                    .formatted("array['bodies', 'sessions', 'submissions', 'facts', 'leads']");

    /// As the migration that made the table: their time begins now.
    private static final String ADD_FROM_LINKS =
            """
            insert into vault.key_use (kid, kind, site_id, first_at, last_at)
            select kid,
                   case when bool_or(purpose = 'lead') then 'leads'
                        when bool_or(purpose in ('session', 'visitor')) then 'sessions'
                        when bool_or(purpose = 'fact') then 'facts'
                        when count(*) filter (where purpose = 'submission') = 1 then 'submissions'
                        else 'bodies' end,
                   coalesce(max(substring(subject from '^(.*)_[^_]*$')) filter (where purpose = 'lead'),
                            max(split_part(subject, '/', 1)) filter (where purpose in ('visitor', 'submitter')), ''),
                   now(), now()
            from vault.link group by kid
            on conflict do nothing
            """;

    private KeyUses() {}

    /// What is not known of keys that seal something, as far as it can be told from whose they are.
    static void addFromLinks(Connection connection) throws SQLException {
        try (var insert = connection.createStatement()) {
            insert.execute(ADD_FROM_LINKS);
        }
    }

    static void add(Connection connection, Collection<KeyUse> uses) throws SQLException {
        if (uses.isEmpty()) {
            return;
        }
        // in the order of the keys: two readers never wait for each other
        var byKey = new TreeMap<String, KeyUse>();
        uses.forEach(use -> byKey.merge(use.kid(), use, KeyUse::and));
        var rows = List.copyOf(byKey.values());
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, Columns.texts(connection, rows.stream().map(KeyUse::kid).toList()));
            insert.setArray(
                    2,
                    Columns.texts(
                            connection, rows.stream().map(use -> use.kind().word()).toList()));
            insert.setArray(
                    3, Columns.texts(connection, rows.stream().map(KeyUse::siteId).toList()));
            insert.setArray(4, times(connection, rows, KeyUse::first));
            insert.setArray(5, times(connection, rows, KeyUse::last));
            insert.execute();
        }
    }

    /// As text, which names its zone.
    private static Array times(
            Connection connection, List<KeyUse> rows, Function<KeyUse, Instant> time)
            throws SQLException {
        return connection.createArrayOf(
                "timestamptz", rows.stream().map(time).map(Instant::toString).toArray());
    }
}
