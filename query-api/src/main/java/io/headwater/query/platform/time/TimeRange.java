package io.headwater.query.platform.time;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// From (included) to (not included); a missing end is open.
///
/// Ends are ISO-8601 instants with `Z` or an offset, or dates: a date as `from` is its first moment
/// in the zone, a date as `to` includes that day.
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {
    private static final String EXPECTED =
            "must be an instant such as 2026-11-21T08:00:00Z or a date such as 2026-11-21";

    public static TimeRange parse(@Nullable String from, @Nullable String to, ZoneId zone) {
        return parse("from", from, "to", to, zone);
    }

    /// @param fromName of the parameter, for the problem document; so is `toName`
    public static TimeRange parse(
            String fromName,
            @Nullable String from,
            String toName,
            @Nullable String to,
            ZoneId zone) {
        var range = new TimeRange(bound(fromName, from, zone, 0), bound(toName, to, zone, 1));
        if (range.from != null && range.to != null && range.to.isBefore(range.from)) {
            throw badParameter(toName, "must not be before " + fromName);
        }
        return range;
    }

    private static @Nullable Instant bound(
            String field, @Nullable String text, ZoneId zone, int daysAfterDate) {
        if (text == null || text.isBlank()) {
            return null;
        }
        // A plus sign that was not encoded arrives as a space.
        String value = text.strip().replace(' ', '+');
        try {
            Instant instant =
                    value.length() == "2026-11-21".length()
                            ? Instants.clamp(
                                    LocalDate.parse(value)
                                            .plusDays(daysAfterDate)
                                            .atStartOfDay(zone)
                                            .toInstant())
                            : OffsetDateTime.parse(value).toInstant();
            return Instants.check(field, instant);
        } catch (DateTimeParseException e) {
            throw badParameter(field, EXPECTED);
        }
    }
}
