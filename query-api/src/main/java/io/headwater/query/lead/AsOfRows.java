package io.headwater.query.lead;

import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables of leads as they were: rows told by projectors in their place, so that the queries of
/// today answer for then, to the same JSON.
///
/// @param jdbc to Postgres, which reads the rows with the types of today's tables
/// @param rows JSON object with a list of rows for each table, values by column
record AsOfRows(JdbcClient jdbc, String rows) implements JdbcClient {

    private static final Pattern TABLE =
            Pattern.compile(
                    "\\bread\\.(leads|lead_money|lead_timeline|lead_appointments|submissions"
                            + "|submission_changes|quarantine|provider_facts|lead_consents)\\b(\\s+as\\s+\\w+)?");

    @Override
    public StatementSpec sql(String sql) {
        String then =
                TABLE.matcher(sql)
                        .replaceAll(table ->
                                "jsonb_populate_recordset(null::%1$s, cast(:as_of_rows as jsonb) -> '%2$s')%3$s"
                                        .formatted(
                                                "read." + table.group(1),
                                                table.group(1),
                                                table.group(2) == null
                                                        ? " as " + table.group(1)
                                                        : table.group(2)));
        return jdbc.sql(then).param("as_of_rows", rows);
    }
}
