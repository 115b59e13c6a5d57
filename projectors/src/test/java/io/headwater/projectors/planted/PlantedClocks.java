package io.headwater.projectors.planted;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// Ways to read a clock.
public final class PlantedClocks {

    private PlantedClocks() {}

    static final class OfInstant {
        Instant now() {
            return Instant.now();
        }
    }

    static final class OfReference {
        Supplier<Instant> now() {
            return Instant::now;
        }
    }

    static final class OfLambda {
        Supplier<Long> now() {
            return () -> System.currentTimeMillis();
        }
    }

    static final class OfNanos {
        long now() {
            return System.nanoTime();
        }
    }

    static final class OfDate {
        LocalDate today() {
            return LocalDate.now(ZoneOffset.UTC);
        }
    }

    static final class OfZone {
        ZonedDateTime now() {
            return ZonedDateTime.now(ZoneOffset.UTC);
        }
    }

    static final class OfClock {
        Instant now(Clock clock) {
            return clock.instant();
        }
    }

    static final class OfSource {
        Instant now(InstantSource source) {
            return source.instant();
        }
    }

    static final class OfOldDate {
        Date now() {
            return new Date();
        }
    }

    static final class OfCalendar {
        long now() {
            return Calendar.getInstance().getTimeInMillis();
        }
    }

    static final class OfKafka {
        long now() {
            return Time.SYSTEM.milliseconds();
        }
    }

    static final class OfTask {
        long now(ProcessorContext<String, String> context) {
            return context.currentSystemTimeMs();
        }
    }

    static final class OfStream {
        long now(ProcessorContext<String, String> context) {
            return context.currentStreamTimeMs();
        }
    }

    static final class OfPunctuation {
        void everySecond(ProcessorContext<String, String> context) {
            context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, _ -> {});
        }
    }

    static final class OfSuppression {
        KTable<String, String> later(KTable<String, String> table) {
            return table.suppress(
                    Suppressed.untilTimeLimit(
                            Duration.ofSeconds(1), Suppressed.BufferConfig.unbounded()));
        }
    }
}
