package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.analytics.TrafficProjection;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.session.SessionsProjection;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import io.headwater.views.TrafficRow;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same events give the same rows, however the records of different visitors are mixed. Within
/// a visitor the order is that of the log. The test driver commits after every record; batches and
/// restarts are the suite's.
class ShuffleTest {

    private static final String TRACKING = Topics.TRACKING_EVENTS.name();

    private record Sent(String visitor, String session, SpecificRecord event) {}

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void rowsDoNotDependOnTheOrderBetweenVisitors(long seed) {
        List<Sent> log = log(new Random(seed));
        var sessions = rowsOfAnyOrder(new SessionsProjection(), log, seed);
        var traffic = rowsOfAnyOrder(new TrafficProjection(), log, seed);

        // Also when the first record of a session is no start.
        assertThat(
                        traffic.values().stream()
                                .filter(TrafficRow.class::isInstance)
                                .mapToLong(row -> ((TrafficRow) row).getSessions())
                                .sum())
                .isEqualTo(sessions.size());
    }

    private Map<String, SpecificRecord> rowsOfAnyOrder(
            Projection projection, List<Sent> log, long seed) {
        var expected = fold(projection, log);
        var shuffled = fold(projection, shuffled(log, new Random(-seed)));

        assertThat(withoutPositions(shuffled)).isEqualTo(withoutPositions(expected));
        return expected;
    }

    private Map<String, SpecificRecord> fold(Projection projection, List<Sent> log) {
        try (var driver = new FoldDriver(projection, folder)) {
            log.forEach(one -> driver.send(TRACKING, one.session(), one.event()));
            return driver.rows();
        }
    }

    private static List<Sent> log(Random random) {
        List<Sent> log = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String visitor = "visitor-" + random.nextInt(6);
            String session = SampleEvents.session(visitor, random.nextInt(4));
            SpecificRecord event =
                    switch (random.nextInt(5)) {
                        case 0 -> Events.start(session, visitor, "main");
                        case 1 -> SampleEvents.sessionEnded(session);
                        default ->
                                SampleEvents.eventsTracked(
                                        session,
                                        event("page_view", NOON.plusSeconds(random.nextInt(600)))
                                                .setPage("/" + random.nextInt(5))
                                                .build(),
                                        event("click", NOON.plusSeconds(random.nextInt(600)))
                                                .build(),
                                        event("scroll", NOON.plusSeconds(random.nextInt(600)))
                                                .setScrollPercent(random.nextDouble() * 100)
                                                .build());
                    };
            log.add(new Sent(visitor, session, event));
        }
        return log;
    }

    private static List<Sent> shuffled(List<Sent> log, Random random) {
        Map<String, Deque<Sent>> byVisitor = new LinkedHashMap<>();
        for (Sent one : log) {
            byVisitor.computeIfAbsent(one.visitor(), unseen -> new ArrayDeque<>()).add(one);
        }
        List<String> turns = new ArrayList<>(log.stream().map(Sent::visitor).toList());
        Collections.shuffle(turns, random);
        return turns.stream()
                .map(visitor -> byVisitor.getOrDefault(visitor, new ArrayDeque<>()).removeFirst())
                .toList();
    }

    /// Offsets are those of the log, which is another one after shuffling.
    private static Map<String, String> withoutPositions(Map<String, SpecificRecord> rows) {
        Map<String, String> texts = new TreeMap<>();
        rows.forEach((key, row) ->
                texts.put(key, row.toString().replaceAll("\"src_offset\": \\d+", "")));
        return texts;
    }
}
