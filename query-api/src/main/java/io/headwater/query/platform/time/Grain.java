package io.headwater.query.platform.time;

import static io.headwater.query.platform.web.ProblemException.badParameter;
import static java.time.temporal.ChronoUnit.HOURS;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Width of a bucket on the local calendar. Roll-ups hold 15 minutes, which divides the offset of
/// every time zone in use, so local hours and days come out exact.
public enum Grain {
    QUARTER("15m", Duration.ofDays(1)) {
        @Override
        ZonedDateTime start(ZonedDateTime time) {
            return quarterOf(time.toInstant()).atZone(time.getZone());
        }

        @Override
        ZonedDateTime next(ZonedDateTime start) {
            return start.plusMinutes(15);
        }
    },
    HOUR("hour", Duration.ofDays(7)) {
        @Override
        ZonedDateTime start(ZonedDateTime time) {
            return time.truncatedTo(HOURS);
        }

        @Override
        ZonedDateTime next(ZonedDateTime start) {
            // Truncated again because some zones move their clocks by half an hour.
            ZonedDateTime next = start.plusHours(1).truncatedTo(HOURS);
            return next.isAfter(start) ? next : start.plusHours(1);
        }
    },
    DAY("day", Duration.ofDays(30)) {
        @Override
        ZonedDateTime start(ZonedDateTime time) {
            return time.toLocalDate().atStartOfDay(time.getZone());
        }

        @Override
        ZonedDateTime next(ZonedDateTime start) {
            return start.toLocalDate().plusDays(1).atStartOfDay(start.getZone());
        }
    },
    /// begins on Monday
    WEEK("week", Duration.ofDays(12 * 7)) {
        @Override
        ZonedDateTime start(ZonedDateTime time) {
            return time.toLocalDate()
                    .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                    .atStartOfDay(time.getZone());
        }

        @Override
        ZonedDateTime next(ZonedDateTime start) {
            return start.toLocalDate().plusWeeks(1).atStartOfDay(start.getZone());
        }
    },
    MONTH("month", Duration.ofDays(365)) {
        @Override
        ZonedDateTime start(ZonedDateTime time) {
            return time.toLocalDate().withDayOfMonth(1).atStartOfDay(time.getZone());
        }

        @Override
        ZonedDateTime next(ZonedDateTime start) {
            return start.toLocalDate().plusMonths(1).atStartOfDay(start.getZone());
        }
    };

    private static final long QUARTER_SECONDS = Duration.ofMinutes(15).toSeconds();
    private static final int MOST_BUCKETS = 5_000;

    private final String word;
    private final Duration defaultSpan;

    Grain(String word, Duration defaultSpan) {
        this.word = word;
        this.defaultSpan = defaultSpan;
    }

    abstract ZonedDateTime start(ZonedDateTime time);

    abstract ZonedDateTime next(ZonedDateTime start);

    /// A day when absent.
    public static Grain parse(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return DAY;
        }
        return Arrays.stream(values())
                .filter(grain -> grain.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        badParameter(
                                "grain",
                                "must be one of "
                                        + Arrays.stream(values())
                                                .map(grain -> grain.word)
                                                .collect(Collectors.joining(", "))));
    }

    /// The quarter of an hour that the moment lies in, as the roll-ups cut them.
    public static Instant quarterOf(Instant time) {
        long seconds = time.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, QUARTER_SECONDS));
    }

    /// What to show when the caller names no beginning.
    public Duration defaultSpan() {
        return defaultSpan;
    }

    /// First moments of the local buckets that touch the range, in order.
    public List<Instant> edges(Instant from, Instant to, ZoneId zone) {
        var edges = new ArrayList<Instant>();
        ZonedDateTime edge = start(from.atZone(zone));
        do {
            if (edges.size() == MOST_BUCKETS) {
                throw badParameter(
                        "grain", "is too fine: at most " + MOST_BUCKETS + " buckets at once");
            }
            edges.add(edge.toInstant());
            edge = next(edge);
        } while (edge.toInstant().isBefore(to));
        return edges;
    }
}
