package io.headwater.command.lead.http;

import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Times that people tell, to the millisecond.
final class Times {

    /// Clocks of people who say "now".
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Times() {}

    /// @return null when nothing is told; a moment from now is now
    /// @throws io.headwater.command.platform.web.ProblemException 422 when it is no time
    static @Nullable Instant past(String field, @Nullable String told, Instant now) {
        Instant time = read(field, told);
        return time != null && time.isAfter(now) && time.isBefore(now.plus(CLOCKS_APART))
                ? now
                : time;
    }

    /// @throws io.headwater.command.platform.web.ProblemException 422 when it is no time, or one
    ///   that no appointment has
    static @Nullable Instant ahead(String field, @Nullable String told) {
        Instant time = read(field, told);
        if (time != null && (time.isBefore(Timestamps.EARLIEST) || time.isAfter(LATEST))) {
            throw ProblemType.ABSURD_TIMESTAMP
                    .with("The time is before 2000 or after 2200.")
                    .on(List.of(new FieldError(field, "cannot be true")))
                    .asException();
        }
        return time;
    }

    private static @Nullable Instant read(String field, @Nullable String told) {
        if (told == null) {
            return null;
        }
        Instant time = Timestamps.parse(told);
        if (time == null) {
            throw ProblemType.INVALID_TIMESTAMP
                    .with("The time is neither ISO 8601 nor Unix seconds or milliseconds.")
                    .on(List.of(new FieldError(field, "is no time")))
                    .asException();
        }
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
