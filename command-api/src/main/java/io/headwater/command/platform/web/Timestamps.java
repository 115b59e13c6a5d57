package io.headwater.command.platform.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times as the outside writes them, and which of them can be true.
public final class Timestamps {

    /// Clocks of visitors run ahead, and some send local time as UTC: up to 14 hours ahead, and a
    /// margin. More is no clock.
    public static final Duration FUTURE = Duration.ofHours(23);

    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    /// `+0000`, as Meta writes it.
    private static final Pattern BASIC_OFFSET =
            Pattern.compile("(?<=:[0-9]{2})([+-][0-9]{2})([0-9]{2})$");

    private static final long SECONDS_BELOW = 100_000_000_000L;

    private Timestamps() {}

    /// Reads ISO 8601 (without an offset: UTC), Unix seconds or Unix milliseconds.
    ///
    /// @return null when it is none of these, or there is no text
    public static @Nullable Instant parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String value = text.strip();
        try {
            if (DIGITS.matcher(value).matches()) {
                long number = Long.parseLong(value);
                return Math.abs(number) < SECONDS_BELOW
                        ? Instant.ofEpochSecond(number)
                        : Instant.ofEpochMilli(number);
            }
            if (value.length() > 40) {
                return null;
            }
            String iso =
                    BASIC_OFFSET
                            .matcher(
                                    value.length() > 10 && value.charAt(10) == ' '
                                            ? withT(value)
                                            : value)
                            .replaceFirst("$1:$2");
            if (iso.length() == 10) {
                return Instant.parse(iso + "T00:00:00Z");
            }
            var parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(
                            iso, OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /// @return why the time cannot be true: `timestamp_too_old` or `timestamp_in_future`; null when
    ///   it can
    public static @Nullable String absurdity(Instant time, Instant now) {
        if (time.isBefore(EARLIEST)) {
            return "timestamp_too_old";
        }
        return time.isAfter(now.plus(FUTURE)) ? "timestamp_in_future" : null;
    }

    private static String withT(String value) {
        return value.substring(0, 10) + 'T' + value.substring(11).stripLeading();
    }
}
