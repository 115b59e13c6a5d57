package io.headwater.vault;

import io.headwater.vault.KeyLinks.Traces;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// What keys were destroyed of because its time was over. Each step of a run is a job like that of
/// a lead that is forgotten, with keys destroyed already: the same hands clear its tables and
/// recordings.
final class Expired {

    /// No lead and no visitor is called so: sites have names.
    private static final String PREFIX = "/retention/";

    private Expired() {}

    /// @param first a key of the step
    static String job(String runId, DataKind kind, String first) {
        return jobs(runId) + kind.word() + "/" + first;
    }

    /// What the names of all jobs of a run begin with.
    static String jobs(String runId) {
        return PREFIX + runId + "/";
    }

    static boolean isJob(String leadId) {
        return leadId.startsWith(PREFIX);
    }

    /// Keys that are destroyed now, and whose they were: also the request that came with the same
    /// key.
    static void add(
            Connection connection, RetentionRuns.Work work, String job, Collection<String> kids)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.erase_job
                            (lead_id, site_id, cause, actor, requested_at, state, forgotten_at, destroyed_at, keys)
                        values (?, '', 'retention', ?, now(), 'destroyed', now(), clock_timestamp(), ?)
                        """)) {
            insert.setString(1, job);
            insert.setString(2, work.actor());
            insert.setInt(3, kids.size());
            insert.executeUpdate();
        }
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.expired (lead_id, purpose, subject)
                        select distinct ?, purpose, subject from vault.link
                        where kid = any (?) and purpose in (?, 'receipt')
                        """)) {
            insert.setString(1, job);
            insert.setArray(2, Columns.texts(connection, kids));
            insert.setString(3, work.rule().kind().purpose());
            insert.executeUpdate();
        }
    }

    static Traces traces(Connection connection, String job) throws SQLException {
        var found = new TreeMap<String, List<String>>();
        try (var select =
                connection.prepareStatement(
                        "select purpose, subject from vault.expired where lead_id = ?")) {
            select.setString(1, job);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        return new Traces(
                List.of(),
                found.getOrDefault(KeyLinks.SUBMISSION, List.of()),
                found.getOrDefault(KeyLinks.FACT, List.of()),
                found.getOrDefault(KeyLinks.RECEIPT, List.of()),
                found.getOrDefault(KeyLinks.SESSION, List.of()));
    }
}
