package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Holds the tables of traffic against the model of its log, in SQL of its own: it uses nothing of
/// the sink. Kinds of faults: `rows`, `sum`, `read`, `account`, `aside`, `position`, `went back`.
final class TrafficOracle {

    private final JdbcClient jdbc;
    private final Generation generation;
    private final String schema;

    /// Watches the table from now on.
    TrafficOracle(JdbcClient jdbc, Generation generation) {
        this.jdbc = jdbc;
        this.generation = generation;
        schema = generation.schema();
        jdbc.sql(
                        "create table %s.went_back (source text, before bigint, after bigint)"
                                .formatted(schema))
                .update();
        jdbc.sql(
                        """
                        create function %1$s.watch() returns trigger language plpgsql as
                        $$
                        begin
                            if new.src_offset < old.src_offset then
                                insert into %1$s.went_back
                                values (new.source, old.src_offset, new.src_offset);
                            end if;
                            return new;
                        end
                        $$
                        """
                                .formatted(schema))
                .update();
        jdbc.sql(
                        """
                        create trigger watch before update on %1$s.traffic_15m
                        for each row execute function %1$s.watch()
                        """
                                .formatted(schema))
                .update();
    }

    /// @return what is wrong, by its kind
    Map<String, String> faults(TrafficLog log) {
        Map<String, String> faults = new HashMap<>();
        var rows = rows();
        if (!rows.equals(log.rows())) {
            faults.put("rows", differences(log.rows(), rows));
        }
        compare(faults, "sum", log.added(), sum());
        var position = position();
        long count = log.records().size();
        compare(faults, "read", count, position.read());
        compare(
                faults,
                "account",
                position.read(),
                position.applied() + position.parked() + position.skipped());
        compare(faults, "aside", 0, position.parked() + position.skipped());
        compare(faults, "position", count, position.next());
        compare(faults, "went back", 0, count("went_back"));
        return faults;
    }

    private static void compare(
            Map<String, String> faults, String kind, long expected, long found) {
        if (expected != found) {
            faults.put(kind, expected + " expected, " + found + " found");
        }
    }

    private static String differences(
            Map<String, TrafficLog.Row> expected, Map<String, TrafficLog.Row> found) {
        List<String> differences = new ArrayList<>();
        expected.forEach((source, row) -> {
            if (!row.equals(found.get(source))) {
                differences.add(source + ": " + row + " expected, " + found.get(source));
            }
        });
        found.keySet().stream()
                .filter(source -> !expected.containsKey(source))
                .forEach(source -> differences.add(source + ": not expected"));
        return String.join("; ", differences);
    }

    private Map<String, TrafficLog.Row> rows() {
        Map<String, TrafficLog.Row> rows = new HashMap<>();
        jdbc.sql(
                        "select source, sessions, events, src_offset from %s.traffic_15m"
                                .formatted(schema))
                .query(row -> {
                    var found = new TrafficLog.Row(row.getLong(2), row.getLong(3), row.getLong(4));
                    rows.put(row.getString(1), found);
                });
        return rows;
    }

    private long sum() {
        return jdbc.sql(
                        "select coalesce(sum(events), 0)::bigint from %s.traffic_15m"
                                .formatted(schema))
                .query(Long.class)
                .single();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from %s.%s".formatted(schema, table))
                .query(Long.class)
                .single();
    }

    private Position position() {
        return jdbc.sql(
                        """
                        select next_offset, read, applied, parked, skipped
                        from ops.projection_position
                        where projection = ? and generation = ?
                        """)
                .params(generation.projection(), generation.number())
                .query((row, _) ->
                        new Position(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5)))
                .single();
    }

    private record Position(long next, long read, long applied, long parked, long skipped) {}
}
