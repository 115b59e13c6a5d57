package io.headwater.vault;

import io.headwater.vault.RetentionRuns.Found;
import io.headwater.vault.RetentionRuns.Part;
import io.headwater.vault.RetentionRuns.Run;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Reads runs of the rules of retention, with what became of the jobs that they left to others.
final class RunRows {

    private RunRows() {}

    /// @param which the rest of the statement, with one parameter
    static Optional<Run> first(Connection connection, String which, Object value)
            throws SQLException {
        try (var select =
                connection.prepareStatement(
                        """
                        select run_id, at, actor, dry_run, done_at,
                               (select count(*) from vault.erase_job j where starts_with(j.lead_id, '/retention/' || run_id || '/')),
                               (select count(*) from vault.erase_job j
                                where starts_with(j.lead_id, '/retention/' || run_id || '/') and state = 'done'),
                               (select coalesce(sum(changed), 0) from vault.erase_step s
                                where starts_with(s.lead_id, '/retention/' || run_id || '/') and step = 'tables'),
                               (select coalesce(sum(changed), 0) from vault.erase_step s
                                where starts_with(s.lead_id, '/retention/' || run_id || '/') and step = 'recordings')
                        from vault.retention_run
                        """
                                + which)) {
            select.setObject(1, value);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(run(connection, row)) : Optional.empty();
            }
        }
    }

    private static Run run(Connection connection, ResultSet row) throws SQLException {
        String id = row.getString(1);
        return new Run(
                id,
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                row.getBoolean(4),
                Columns.instant(row, 5),
                parts(connection, id),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9));
    }

    private static List<Part> parts(Connection connection, String runId) throws SQLException {
        var found = new TreeMap<String, List<Found>>();
        try (var select =
                connection.prepareStatement(
                        """
                        select kind, site_id, things, keys, objects, bytes, oldest, newest
                        from vault.retention_found where run_id = ? order by site_id
                        """)) {
            select.setString(1, runId);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(
                                    new Found(
                                            row.getString(2),
                                            row.getLong(3),
                                            row.getLong(4),
                                            row.getLong(5),
                                            row.getLong(6),
                                            Columns.instant(row, 7),
                                            Columns.instant(row, 8)));
                }
            }
        }
        var parts = new ArrayList<Part>();
        try (var select =
                connection.prepareStatement(
                        """
                        select kind, cutoff, sites, cutoffs, done_at
                        from vault.retention_part where run_id = ? order by kind
                        """)) {
            select.setString(1, runId);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    parts.add(
                            new Part(
                                    RetentionRuns.rule(row, 1),
                                    Columns.instant(row, 5),
                                    found.getOrDefault(row.getString(1), List.of())));
                }
            }
        }
        return parts;
    }
}
