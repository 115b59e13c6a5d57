package io.headwater.command.intake.imports;

import io.headwater.command.platform.postgres.OpsDatabase;
import io.headwater.command.platform.web.body.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Which sessions of other systems came, by site and id there, for ever; and how many rows. A
/// session is reserved before it is appended and kept after: what stands between the two after a
/// crash is appended again under the same session id.
@Component
final class SessionLedger {

    private final OpsDatabase database;
    private final TransactionTemplate transactions;

    SessionLedger(OpsDatabase database, TransactionTemplate transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /// @param kept it is on the log
    record Entry(String contentHash, boolean kept) {}

    /// Rows by what became of them: `received = accepted + duplicate + refused`.
    record Counts(long received, long accepted, long duplicate, long refused) {}

    /// @return by external id; those that are there
    Map<String, Entry> known(String siteId, Collection<String> externalIds) {
        var known = new HashMap<String, Entry>();
        database.jdbc()
                .sql(
                        """
                        select external_id, content_hash, kept
                        from ops_command.session_import
                        where site_id = :site
                          and external_id in (select jsonb_array_elements_text(:ids::jsonb))
                        """)
                .param("site", siteId)
                .param("ids", Json.write(externalIds))
                .query(row -> {
                    known.put(
                            row.getString("external_id"),
                            new Entry(row.getString("content_hash"), row.getBoolean("kept")));
                });
        return known;
    }

    /// @param hashes by external id; an id that is there keeps its own
    /// @return what is there now, by external id
    Map<String, Entry> reserve(String siteId, Map<String, String> hashes) {
        database.jdbc()
                .sql(
                        """
                        insert into ops_command.session_import (site_id, external_id, content_hash)
                        select :site, key, value
                        from jsonb_each_text(:hashes::jsonb)
                        order by key
                        on conflict do nothing
                        """)
                .param("site", siteId)
                .param("hashes", Json.write(hashes))
                .update();
        return known(siteId, hashes.keySet());
    }

    /// Counts a request's rows together with what it changed: both stand, or neither.
    ///
    /// @param appended external ids that this request put on the log
    /// @return those that are kept by this request, not by another at the same time
    Set<String> settle(String siteId, Collection<String> appended, long received, long refused) {
        return transactions.execute(_ -> {
            var jdbc = database.jdbc();
            // requests of one site wait for each other here, whatever the order of their rows
            jdbc.sql(
                            "select pg_advisory_xact_lock(hashtextextended('session import ' || :site, 0))")
                    .param("site", siteId)
                    .query(row -> {});
            var kept =
                    Set.copyOf(
                            jdbc.sql(
                                            """
                                            update ops_command.session_import
                                            set kept = true
                                            where site_id = :site
                                              and not kept
                                              and external_id in
                                                (select jsonb_array_elements_text(:ids::jsonb))
                                            returning external_id
                                            """)
                                    .param("site", siteId)
                                    .param("ids", Json.write(appended))
                                    .query(String.class)
                                    .list());
            jdbc.sql(
                            """
                            insert into ops_command.session_import_count as c
                              (site_id, received, accepted, duplicate, refused)
                            values (:site, :received, :accepted, :duplicate, :refused)
                            on conflict (site_id) do update
                            set received = c.received + excluded.received,
                                accepted = c.accepted + excluded.accepted,
                                duplicate = c.duplicate + excluded.duplicate,
                                refused = c.refused + excluded.refused
                            """)
                    .param("site", siteId)
                    .param("received", received)
                    .param("accepted", kept.size())
                    .param("duplicate", received - refused - kept.size())
                    .param("refused", refused)
                    .update();
            return kept;
        });
    }

    /// @return all zero for a site without imports
    Counts counts(String siteId) {
        return database.jdbc()
                .sql(
                        """
                        select received, accepted, duplicate, refused
                        from ops_command.session_import_count
                        where site_id = :site
                        """)
                .param("site", siteId)
                .query((row, _) ->
                        new Counts(
                                row.getLong("received"),
                                row.getLong("accepted"),
                                row.getLong("duplicate"),
                                row.getLong("refused")))
                .optional()
                .orElse(new Counts(0, 0, 0, 0));
    }

    /// @return sessions of the site by whether they are kept
    Map<Boolean, Long> entries(String siteId) {
        var entries = new HashMap<>(Map.of(true, 0L, false, 0L));
        database.jdbc()
                .sql(
                        """
                        select kept, count(*) as sessions
                        from ops_command.session_import
                        where site_id = :site
                        group by kept
                        """)
                .param("site", siteId)
                .query(row -> {
                    entries.put(row.getBoolean("kept"), row.getLong("sessions"));
                });
        return entries;
    }
}
