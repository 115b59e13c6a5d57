package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Generation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares the tables of two generations in one snapshot: counts and checksums in buckets by key,
/// then row by row in the buckets that differ.
///
/// A checksum is the sum of 64-bit hashes of the rows as text: it finds faults, it does not prove
/// anything against forgery.
final class Comparison {

    static final int BUCKETS = 256;

    /// Differences listed of each table; all are counted.
    static final int LISTED = 100;

    /// The two sides of one table.
    ///
    /// @param key columns of the primary key
    /// @param columns that both have and that are to be equal
    /// @param only columns that one of them lacks and nobody expected
    private record Pair(
            String table,
            List<String> key,
            List<String> columns,
            List<String> ignored,
            Set<String> only) {}

    private final Connection connection;
    private final Generation live;
    private final Generation candidate;
    private final Set<String> expected;
    private final Map<String, Expiring> expiring;

    /// Rows of a table that are deleted when their time is over, at another moment in each
    /// generation.
    ///
    /// @param column with their time
    /// @param since older ones are left out on both sides
    record Expiring(String column, Instant since) {}

    /// @param connection in a transaction whose snapshot shows both at the cut
    /// @param expected `table` or `table.column` that may differ
    /// @param expiring by table
    Comparison(
            Connection connection,
            Generation live,
            Generation candidate,
            Set<String> expected,
            Map<String, Expiring> expiring) {
        this.connection = connection;
        this.live = live;
        this.candidate = candidate;
        this.expected = expected;
        this.expiring = expiring;
    }

    /// Of every table that either has.
    List<Report.Table> tables() throws SQLException {
        var ofLive = columns(live);
        var ofCandidate = columns(candidate);
        var names = new TreeSet<>(ofLive.keySet());
        names.addAll(ofCandidate.keySet());
        List<Report.Table> compared = new ArrayList<>();
        for (String name : names) {
            if (expected.contains(name)) {
                continue;
            }
            var a = ofLive.get(name);
            var b = ofCandidate.get(name);
            compared.add(
                    a == null || b == null ? missing(name, a == null) : compare(pair(name, a, b)));
        }
        return compared;
    }

    private Report.Table compare(Pair pair) throws SQLException {
        List<Integer> differing = new ArrayList<>();
        long[] rows = new long[2];
        try (var statement = connection.createStatement();
                var sums = statement.executeQuery(sums(pair))) {
            while (sums.next()) {
                rows[0] += sums.getLong("live_rows");
                rows[1] += sums.getLong("candidate_rows");
                if (sums.getBoolean("differs")) {
                    differing.add(sums.getInt("bucket"));
                }
            }
        }
        var differences =
                differing.isEmpty()
                        ? new Report.Differences(0, List.of())
                        : differences(pair, differing);
        if (!pair.only().isEmpty()) {
            var columns = new Report.Difference("(every row)", "changed", List.copyOf(pair.only()));
            List<Report.Difference> listed = new ArrayList<>(List.of(columns));
            listed.addAll(differences.listed());
            differences = new Report.Differences(differences.total() + rows[1], listed);
        }
        return new Report.Table(
                pair.table(),
                new Report.Rows(rows[0], rows[1]),
                BUCKETS,
                differing.size(),
                differing.isEmpty() && pair.only().isEmpty(),
                pair.ignored(),
                differences);
    }

    private Report.Differences differences(Pair pair, List<Integer> buckets) throws SQLException {
        long total = 0;
        List<Report.Difference> listed = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(differing(pair, buckets))) {
            while (rows.next()) {
                total = rows.getLong("total");
                listed.add(
                        new Report.Difference(
                                rows.getString("key"),
                                rows.getString("kind"),
                                List.of((String[]) rows.getArray("columns").getArray())));
            }
        }
        return new Report.Differences(total, listed);
    }

    private String sums(Pair pair) {
        return """
        with live as (%s), candidate as (%s)
        select bucket, coalesce(live.n, 0) as live_rows, coalesce(candidate.n, 0) as candidate_rows,
               live.n is distinct from candidate.n or live.h is distinct from candidate.h as differs
        from live full join candidate using (bucket)\
        """
                .formatted(buckets(live, pair), buckets(candidate, pair));
    }

    private String buckets(Generation generation, Pair pair) {
        return """
        select %s as bucket, count(*) as n, sum(hashtextextended(row(%s)::text, 0)::numeric) as h
        from %s
        group by 1\
        """
                .formatted(bucket(pair), list(pair.columns()), table(generation, pair.table()));
    }

    private String differing(Pair pair, List<Integer> buckets) {
        String in = buckets.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String key = quoted(pair.key().getFirst());
        return """
        select coalesce(%s, %s) as key,
               case when live.%s is null then 'only-candidate' when candidate.%s is null then 'only-live' else 'changed' end as kind,
               case when live.%s is null or candidate.%s is null then array[]::text[]
                    else array_remove(array[%s]::text[], null) end as columns,
               count(*) over () as total
        from (select * from %s where %s in (%s)) as live
        full join (select * from %s where %s in (%s)) as candidate using (%s)
        where live.%s is null or candidate.%s is null or row(%s) is distinct from row(%s)
        order by 1
        limit %d\
        """
                .formatted(
                        keyText("live", pair),
                        keyText("candidate", pair),
                        key,
                        key,
                        key,
                        key,
                        pair.columns().stream()
                                .map(c ->
                                        "case when live.%1$s is distinct from candidate.%1$s then %2$s end"
                                                .formatted(quoted(c), literal(c)))
                                .collect(Collectors.joining(", ")),
                        table(live, pair.table()),
                        bucket(pair),
                        in,
                        table(candidate, pair.table()),
                        bucket(pair),
                        in,
                        list(pair.key()),
                        key,
                        key,
                        of("live", pair.columns()),
                        of("candidate", pair.columns()),
                        LISTED);
    }

    private String table(Generation generation, String name) {
        String table = quoted(generation.schema()) + "." + quoted(name);
        var kept = expiring.get(name);
        return kept == null
                ? table
                : "(select * from %s where %s >= %s::timestamptz) as kept"
                        .formatted(table, quoted(kept.column()), literal(kept.since().toString()));
    }

    private static String bucket(Pair pair) {
        return "(hashtextextended(row(%s)::text, 0) & %d)".formatted(list(pair.key()), BUCKETS - 1);
    }

    private static String keyText(String side, Pair pair) {
        return pair.key().stream()
                .map(c -> side + "." + quoted(c) + "::text")
                .collect(Collectors.joining(" || '|' || "));
    }

    private Report.Table missing(String name, boolean inLive) throws SQLException {
        Generation having = inLive ? candidate : live;
        long rows;
        try (var statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from " + table(having, name))) {
            count.next();
            rows = count.getLong(1);
        }
        var whole =
                new Report.Difference(
                        "(the table)", inLive ? "only-candidate" : "only-live", List.of());
        return new Report.Table(
                name,
                new Report.Rows(inLive ? 0 : rows, inLive ? rows : 0),
                BUCKETS,
                BUCKETS,
                false,
                List.of(),
                new Report.Differences(Math.max(1, rows), List.of(whole)));
    }

    private Pair pair(String name, Columns a, Columns b) {
        var ignored =
                expected.stream()
                        .filter(e -> e.startsWith(name + "."))
                        .map(e -> e.substring(name.length() + 1))
                        .collect(Collectors.toCollection(TreeSet::new));
        var common = new ArrayList<>(a.all());
        common.retainAll(b.all());
        common.removeAll(ignored);
        var only = new TreeSet<>(a.all());
        only.addAll(b.all());
        common.forEach(only::remove);
        ignored.forEach(only::remove);
        return new Pair(name, b.key(), common, List.copyOf(ignored), only);
    }

    /// @param all in their order
    private record Columns(List<String> all, List<String> key) {}

    private Map<String, Columns> columns(Generation generation) throws SQLException {
        Map<String, Columns> tables = new LinkedHashMap<>();
        try (var select =
                connection.prepareStatement(
                        """
                        select c.relname, a.attname, a.attnum = any (i.indkey) as in_key
                        from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace
                        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                        join pg_index i on i.indrelid = c.oid and i.indisprimary
                        where n.nspname = ? and c.relkind in ('r', 'p')
                          and c.relname <> 'flyway_schema_history'
                        order by c.relname, a.attnum\
                        """)) {
            select.setString(1, generation.schema());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var columns =
                            tables.computeIfAbsent(
                                    rows.getString(1),
                                    unseen -> new Columns(new ArrayList<>(), new ArrayList<>()));
                    columns.all().add(rows.getString(2));
                    if (rows.getBoolean(3)) {
                        columns.key().add(rows.getString(2));
                    }
                }
            }
        }
        return tables;
    }

    private static String list(List<String> columns) {
        return columns.stream().map(Comparison::quoted).collect(Collectors.joining(", "));
    }

    private static String of(String side, List<String> columns) {
        return columns.stream().map(c -> side + "." + quoted(c)).collect(Collectors.joining(", "));
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
