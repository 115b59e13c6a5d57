package io.headwater.launcher.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// From a row of the file to what is sent: mapped columns under their field's name, times with
/// their offset, every other column as it is.
final class RowShape {

    /// A time that a row tells.
    ///
    /// @param field as the server names it
    /// @param others names that exports have for it, without hyphens, underscores and case
    private record Time(String field, Set<String> others) {}

    private static final List<Time> OF_LEADS =
            List.of(
                    new Time(
                            "submitted_at",
                            Set.of(
                                    "createdat",
                                    "created",
                                    "createdtime",
                                    "datecreated",
                                    "createddate",
                                    "timestamp")));

    private static final List<Time> OF_SESSIONS =
            List.of(
                    new Time(
                            "started_at",
                            Set.of(
                                    "sessionstartedat",
                                    "sessionstart",
                                    "starttime",
                                    "started",
                                    "start")),
                    new Time("ended_at", Set.of("sessionend", "endtime", "ended", "end")));

    private final List<Time> times;
    private final Map<String, String> map;
    private final ZoneId zone;
    private final @Nullable DateTimeFormatter format;

    RowShape(ImportOptions options) {
        this.times =
                switch (options.kind()) {
                    case LEADS -> OF_LEADS;
                    case SESSIONS -> OF_SESSIONS;
                    case SITES, FORMS -> List.of();
                };
        this.map = options.map();
        this.zone = options.zone();
        this.format = options.timeFormat();
    }

    /// @param columns of a CSV file
    /// @return columns that the mapping names and the file has not
    List<String> unknownIn(List<String> columns) {
        var unknown = new ArrayList<>(map.values());
        unknown.removeAll(columns);
        return unknown;
    }

    /// @return with mapped fields first: what is named first counts
    ObjectNode of(ObjectNode columns) {
        ObjectNode shaped = Rows.JSON.createObjectNode();
        map.forEach((field, column) -> {
            JsonNode value = columns.get(column);
            if (value != null) {
                shaped.set(field, value);
            }
        });
        columns.properties()
                .forEach(column -> {
                    if (Rejects.BEHIND.contains(column.getKey())) {
                        return; // of an earlier import: no part of the row
                    }
                    if (shaped.has(column.getKey())) {
                        shaped.set("column:" + column.getKey(), column.getValue());
                    } else {
                        shaped.set(column.getKey(), column.getValue());
                    }
                });
        times.forEach(time -> tell(time, shaped));
        return shaped;
    }

    private void tell(Time time, ObjectNode shaped) {
        String name = nameOf(time, shaped);
        if (name == null) {
            return;
        }
        JsonNode told = shaped.get(name);
        Instant instant = told.isString() ? instant(told.stringValue().strip()) : null;
        String target = canonical(name).equals(canonical(time.field())) ? name : time.field();
        if (instant != null) {
            shaped.put(target, instant.toString());
        } else {
            // what cannot be read here is judged by the server, not passed over
            shaped.set(target, told);
        }
        if (times != OF_LEADS && !target.equals(name)) {
            shaped.remove(name);
        }
    }

    private static @Nullable String nameOf(Time time, ObjectNode shaped) {
        String other = null;
        for (String name : shaped.propertyNames()) {
            String canonical = canonical(name);
            if (canonical.equals(canonical(time.field()))) {
                return name;
            }
            other = other == null && time.others().contains(canonical) ? name : other;
        }
        return other;
    }

    /// @return null: it is no time of the format, or no local one of ISO 8601; then it is sent as
    ///   it is
    private @Nullable Instant instant(String text) {
        try {
            if (format != null) {
                return at(
                        format.parseBest(
                                text,
                                ZonedDateTime::from,
                                OffsetDateTime::from,
                                LocalDateTime::from,
                                LocalDate::from));
            }
            String iso =
                    text.length() > 10 && text.charAt(10) == ' '
                            ? text.substring(0, 10) + 'T' + text.substring(11)
                            : text;
            return iso.length() == 10
                    ? at(LocalDate.parse(iso))
                    : at(
                            DateTimeFormatter.ISO_DATE_TIME.parseBest(
                                    iso, OffsetDateTime::from, LocalDateTime::from));
        } catch (DateTimeException other) {
            return null;
        }
    }

    private Instant at(TemporalAccessor time) {
        return switch (time) {
            case ZonedDateTime zoned -> zoned.toInstant();
            case OffsetDateTime offset -> offset.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            case LocalDate day -> day.atStartOfDay(zone).toInstant();
            default -> throw new IllegalStateException("no time: " + time.getClass());
        };
    }

    private static String canonical(String name) {
        return name.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
    }
}
