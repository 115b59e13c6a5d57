package io.headwater.command.platform.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.web.limit.RateLimits.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeasedLimitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long now = 60_000;
    private final SharedCounter shared = new SharedCounter();
    private final LeasedLimits limits = instance(shared);

    /// The store as two instances see it, or as it is when it is away.
    private static final class SharedCounter implements Leases {
        private final Map<String, Long> rows = new ConcurrentHashMap<>();
        private volatile boolean away;
        private int calls;

        @Override
        public synchronized OptionalLong add(String subject, Instant start, Instant end, long n) {
            calls++;
            return away
                    ? OptionalLong.empty()
                    : OptionalLong.of(rows.merge(subject + start, n, Long::sum));
        }
    }

    private LeasedLimits instance(Leases leases) {
        return new LeasedLimits(leases, clock(), 1_000);
    }

    private Clock clock() {
        InstantSource source = () -> Instant.ofEpochMilli(now);
        return source.withZone(ZoneOffset.UTC);
    }

    private static int allowed(RateLimits limits, String subject, int limit, int requests) {
        return (int)
                IntStream.range(0, requests)
                        .filter(i -> limits.take(Kind.ADDRESS, subject, limit).allowed())
                        .count();
    }

    @Test
    void countsDownAndSaysWhenItEnds() {
        now = 60_001;
        assertThat(limits.take(Kind.ADDRESS, "192.0.2.1", 3))
                .isEqualTo(new Verdict(true, 3, 2, 60));
        now = 100_500;
        assertThat(limits.take(Kind.ADDRESS, "192.0.2.1", 3).resetSeconds()).isEqualTo(20);
        now = 119_999;
        assertThat(limits.take(Kind.ADDRESS, "192.0.2.1", 3).allowed()).isTrue();
        assertThat(limits.take(Kind.ADDRESS, "192.0.2.1", 3))
                .isEqualTo(new Verdict(false, 3, 0, 1));
        assertThat(limits.take(Kind.ADDRESS, "192.0.2.2", 3).allowed()).isTrue();
        now = 120_000;
        assertThat(limits.take(Kind.ADDRESS, "192.0.2.1", 3).allowed()).isTrue();
    }

    @Test
    void aLateReaderOfTheClockDoesNotResetTheWindow() {
        allowed(limits, "a", 3, 3);
        now = 59_999;
        allowed(limits, "a", 3, 1);
        now = 60_000;

        assertThat(allowed(limits, "a", 3, 1)).isZero();
    }

    @Test
    void aClockThatWasSetBackStartsAnew() {
        now = 600_000;
        allowed(limits, "a", 3, 4);
        now = 60_000;

        assertThat(allowed(limits, "a", 3, 1)).isOne();
    }

    @Test
    void oneIpv6NetworkIsOneClient() {
        for (int i = 0; i < 3; i++) {
            assertThat(allowed(limits, "2001:db8:1:2::" + i, 3, 1)).isOne();
        }
        assertThat(allowed(limits, "2001:db8:1:2:ffff::1", 3, 1)).isZero();
        assertThat(allowed(limits, "2001:db8:1:3::1", 3, 1)).isOne();
    }

    @Test
    void kindsAndWindowsAreCountedApart() {
        assertThat(limits.take(Kind.SOURCE, "s", 1).allowed()).isTrue();
        assertThat(limits.take(Kind.SOURCE, "s", 1).allowed()).isFalse();
        assertThat(limits.take(Kind.KEY, "s", 1).allowed()).isTrue();
        assertThat(limits.takeDaily(Kind.SOURCE, "s", 1).allowed()).isTrue();
        assertThat(limits.takeDaily(Kind.SOURCE, "s", 1).resetSeconds()).isEqualTo(86_340);
        assertThat(limits.take(Kind.SOURCE, "none", 0).allowed()).isFalse();
    }

    @Test
    void aLimitThatIsRaisedCountsAtOnce() {
        assertThat(allowed(limits, "a", 2, 5)).isEqualTo(2);
        assertThat(allowed(limits, "a", 4, 5)).isEqualTo(2);
    }

    @Test
    void memoryIsBoundedAndAFloodOpensNoHole() {
        allowed(limits, "known", 3, 3);
        IntStream.range(0, 200_000).forEach(i -> allowed(limits, "flood-" + i, 3, 1));

        assertThat(allowed(limits, "known", 3, 1)).isZero();
        long late =
                IntStream.range(0, 10_000)
                        .filter(i -> allowed(limits, "late-" + i, 3, 1) > 0)
                        .count();
        assertThat(late).as("all shared counters are used up").isZero();
        now = 120_000;
        assertThat(allowed(limits, "late-3", 3, 1)).isOne();
    }

    @Test
    void instancesShareTheLimit() {
        var other = instance(shared);
        int first = allowed(limits, "a", 600, 500);
        int second = allowed(other, "a", 600, 500);

        assertThat(first).isEqualTo(500);
        assertThat(first + second).isBetween(570, 660);
        assertThat(limits.take(Kind.ADDRESS, "a", 600).remaining()).isLessThanOrEqualTo(100);
    }

    @Test
    void whoAsksSeldomCostsTheStoreNothing() {
        assertThat(allowed(limits, "a", 600, 12)).isEqualTo(12);
        assertThat(shared.calls).isZero();
        assertThat(allowed(limits, "b", 600, 600)).isEqualTo(600);
        assertThat(shared.calls).isBetween(19, 21);
        assertThat(allowed(limits, "b", 600, 600)).isZero();
        assertThat(shared.calls).as("a window that is used up is not asked again").isLessThan(23);
    }

    @Test
    void aStoreThatIsAwayRefusesNobodyAndIsToldLater() {
        shared.away = true;
        assertThat(allowed(limits, "a", 600, 300)).isEqualTo(300);
        shared.away = false;
        assertThat(allowed(limits, "a", 600, 600)).isEqualTo(300);
        assertThat(allowed(instance(shared), "a", 600, 600)).isLessThanOrEqualTo(60);
    }

    @Test
    void manyAtOnceGetExactlyTheLimit() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> caller = () -> allowed(limits, "a", 500, 20);
            int allowed = 0;
            for (var call : threads.invokeAll(java.util.Collections.nCopies(100, caller))) {
                allowed += call.get();
            }
            assertThat(allowed).isEqualTo(500);
        }
    }

    @Test
    void aDayIsThatOfUtc() {
        now = Instant.parse("2026-03-29T23:59:59Z").toEpochMilli();
        limits.takeDaily(Kind.SOURCE, "s", 1);
        now += 1_000;

        assertThat(limits.takeDaily(Kind.SOURCE, "s", 1).allowed()).isTrue();
        assertThat(limits.take(Kind.SOURCE, "s", 5, MINUTE).limit()).isEqualTo(5);
    }
}
