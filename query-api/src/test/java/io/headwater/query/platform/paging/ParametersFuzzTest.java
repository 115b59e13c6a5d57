package io.headwater.query.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.query.platform.time.Grain;
import io.headwater.query.platform.time.TimeRange;
import io.headwater.query.platform.time.Zones;
import io.headwater.query.platform.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What stands in query strings. Lines: from, to, zone, grain, sort, cursor.
class ParametersFuzzTest {

    private record Row(String id, Instant at, int score) {}

    private static final List<Order<Row>> ORDERS =
            List.of(
                    Order.newestFirst("newest", "at", "id", Row::at, Row::id),
                    new Order<>(
                            "best", "score", "id", true, Order.Type.INTEGER, Row::score, Row::id));

    static Stream<Arguments> seeds() {
        String cursor = new Cursor("newest", "2026-11-21T08:00:00Z", "main_1").encode();
        String best = new Cursor("best", "7", "main_1").encode();
        return Stream.of(
                        "2026-11-21\n2026-11-22\nEurope/Berlin\nhour\nnewest\n" + cursor,
                        "2026-11-21T08:00:00+05:30\n\nEtc/GMT+5\n15m\nbest\n" + best,
                        "0001-01-01\n9999-12-31\nUTC\nmonth\n\n" + best,
                        "-999999999-01-01T00:00:00Z\n"
                                + "+999999999-12-31T00:00:00Z\n"
                                + "Asia/Kolkata\n"
                                + "day\n\n"
                                + "!!")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void areReadOrNamedAsWrong(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 6);
        var zone = read(() -> Zones.parse(line(lines, 2)));
        var grain = read(() -> Grain.parse(line(lines, 3)));
        if (zone != null) {
            var range = read(() -> TimeRange.parse(line(lines, 0), line(lines, 1), zone));
            Instant from = range == null ? null : range.from();
            Instant to = range == null ? null : range.to();
            if (grain != null && from != null && to != null) {
                var edges = read(() -> grain.edges(from, to, zone));
                if (edges != null) {
                    assertThat(edges).isSorted().doesNotHaveDuplicates();
                }
            }
        }
        var keyset = read(() -> Keyset.of(ORDERS, line(lines, 4), line(lines, 5), 10));
        if (keyset != null) {
            assertThat(keyset.where() + keyset.orderAndLimit()).doesNotContain("\0");
            var params = read(keyset::params);
            if (params != null) {
                assertThat(params.values()).noneMatch(value -> value.toString().contains("\0"));
            }
        }
    }

    /// @return null when a problem names what is wrong
    private static <T> @Nullable T read(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (ProblemException refused) {
            assertThat(refused.errors()).isNotEmpty();
            return null;
        }
    }

    private static @Nullable String line(String[] lines, int index) {
        return index < lines.length ? lines[index] : null;
    }
}
