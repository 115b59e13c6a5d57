package io.headwater.command.platform.web.limit;

import java.time.Duration;

/// Requests counted in fixed windows aligned to the clock, over all instances.
///
/// Most is 10 % too many with up to six instances, and 5 % too few per further instance; while
/// Postgres is away each instance counts for itself and refuses nobody because of that.
public interface RateLimits {

    /// Who is counted; the same subject of two kinds has two counters.
    enum Kind {
        /// A client address that tracks or captures leads.
        ADDRESS,
        /// A client address that asks what became of a command.
        STATUS,
        /// An integration's id.
        KEY,
        /// A source's id.
        SOURCE
    }

    /// Counts one request.
    ///
    /// @param subject an id or an address; an IPv6 address counts as its /64
    /// @param limit most per window; 0: nothing is allowed
    Verdict take(Kind kind, String subject, long limit, Duration window);

    /// As [#take(Kind, String, long, Duration)], within a minute.
    default Verdict take(Kind kind, String subject, long limitPerMinute) {
        return take(kind, subject, limitPerMinute, Duration.ofMinutes(1));
    }

    /// As [#take(Kind, String, long, Duration)], within a day in UTC.
    default Verdict takeDaily(Kind kind, String subject, long limitPerDay) {
        return take(kind, subject, limitPerDay, Duration.ofDays(1));
    }
}
