package io.headwater.query.analytics;

import io.headwater.query.platform.time.Instants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The last days of a time zone, today included, as bounds that SQL understands.
record LocalDays(LocalDate first, List<Instant> edges, Instant end) {

    static LocalDays last(int days, ZoneId zone, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate first = today.minusDays(days - 1L);
        var edges = new ArrayList<Instant>();
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            edges.add(day.atStartOfDay(zone).toInstant());
        }
        return new LocalDays(
                first, List.copyOf(edges), today.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /// @param number as `width_bucket` counts, from 1
    LocalDate date(int number) {
        return first.plusDays(number - 1L);
    }

    Map<String, Object> params() {
        return Map.of(
                "edges", sqlArray(edges),
                "from", Instants.sql(edges.getFirst()),
                "to", Instants.sql(end));
    }

    /// A Postgres array literal, to be cast to `timestamptz[]`.
    static String sqlArray(List<Instant> instants) {
        return instants.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
