package io.headwater.projectors.platform.keys;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.event;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.Events;
import io.headwater.projectors.FoldDriver;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.fold.KeyedProjection;
import io.headwater.projectors.session.SessionsProjection;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The events of one key give the bytes that the topology gives for the whole partition: in the end
/// and at every position of the view in between.
class KeyHistoryTest {

    private static final int ALL = 10_000;

    private final LeadsProjection leads = new LeadsProjection();
    private final SessionsProjection sessions = new SessionsProjection();

    @TempDir private Path folder;

    /// A partition, the rows that its topology wrote after each event, and its keys.
    private record Ran(MemoryLog source, List<List<SpecificRecord>> written, Set<String> keys) {

        Map<String, SpecificRecord> rows() {
            var rows = new TreeMap<String, SpecificRecord>();
            written.forEach(some -> some.forEach(row -> rows.put(RowKey.of(row), row)));
            return rows;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rowsOfALeadAreThoseOfTheWholePartition(long seed) {
        var ran = runLeads(seed);

        sameInTheEnd(leads, ran);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void rowsOfASessionAreThoseOfTheWholePartition(long seed) {
        var ran = runSessions(seed);

        sameInTheEnd(sessions, ran);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void rowsOfALeadAreThoseOfTheTablesAtEveryPositionOfTheView(long seed) {
        // given
        var ran = runLeads(seed);
        var view = new MemoryLog("view");
        ran.written().forEach(rows -> rows.forEach(view::add));

        for (String lead : ran.keys()) {
            var history = history(leads, lead, ran.source());
            for (long position = 0; position <= view.end(); position += 3) {
                // when
                Cut cut = new ViewRecords(view, MemoryLog.SERDE).lastEventBefore(position);

                // then
                assertThat(bytes(leads.rowsOf(lead, history.at(cut).values())))
                        .as("%s at %s", lead, position)
                        .isEqualTo(bytes(leads.rowsOf(lead, tablesAt(view, position).values())));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void rowsOfASessionAreThoseOfTheTablesThoughTheViewHasTheNewestOnly(long seed) {
        // given
        var random = new Random(seed);
        var ran = runSessions(seed);
        var view = new MemoryLog("view");
        for (int i = 0; i < ran.written().size(); i++) {
            boolean last = i > ran.written().size() - 20;
            if (last || random.nextInt(3) == 0) {
                ran.written().get(i).forEach(view::add);
            }
        }

        for (String session : ran.keys()) {
            var history = history(sessions, session, ran.source());
            var rowKeys = sessions.rowKeys(session);
            for (long position = 0; position <= view.end(); position += 3) {
                // when
                var records = new ViewRecords(view, MemoryLog.SERDE);
                records.collect(rowKeys, view.end());
                var written = records.newestBefore(position);
                var offsets = new TreeMap<String, Long>();
                written.forEach((key, row) -> offsets.put(key, ViewRecords.offset(row)));
                var rows = history.at(new Cut.Versions(offsets)).values();

                // then
                assertThat(bytes(sessions.rowsOf(session, rows)))
                        .as("%s at %s", session, position)
                        .isEqualTo(
                                bytes(sessions.rowsOf(session, tablesAt(view, position).values())));
                assertThat(records.onlyAfter(position).isEmpty())
                        .isEqualTo(!written.isEmpty() || !rows(view).containsKey(key(session)));
            }
        }
    }

    @Test
    void hintsMakeOnePassEnoughAndNeedNotBeRight() {
        // given
        var ran = runLeads(5);
        String lead = ran.keys().iterator().next();
        var without = events(leads, lead, ran.source(), Set.of());
        Set<String> names = new TreeSet<>(Set.of("submission:nobody", "lead:nobody"));
        without.list().forEach(one -> names.addAll(leads.names(one.recordKey(), one.event())));

        // when
        var with = events(leads, lead, ran.source(), names);

        // then
        assertThat(with.list()).isEqualTo(without.list());
        assertThat(with.passes()).isEqualTo(1);
        assertThat(without.passes()).isGreaterThan(1);
    }

    @Test
    void whatComesLaterIsTakenUnlessItHangsTogetherWithEarlierOnes() {
        // given
        var source = new MemoryLog(Topics.LEAD_EVENTS.name());
        source.add("main", SampleEvents.leadCaptured());
        source.add("main", captured("main_2", 2));
        var events = events(leads, SampleEvents.LEAD, source, Set.of());

        // when
        source.add("main", SampleEvents.leadResubmitted());
        boolean all = events.extend(source.end());

        // then: a submission that nobody told of before counts as a name that is new
        assertThat(all).isFalse();
        assertThat(events.extend(source.end())).as("until they are found").isFalse();
        events.find();
        assertThat(events.list()).hasSize(2);
        source.add("main", captured("main_3", 3));
        assertThat(events.extend(source.end())).isTrue();
        assertThat(events.list()).hasSize(2);
    }

    private void sameInTheEnd(KeyedProjection projection, Ran ran) {
        int smaller = 0;
        for (String key : ran.keys()) {
            var events = events(projection, key, ran.source(), Set.of());
            var history = KeyHistory.of(projection, 0, events.list());
            var rows = projection.rowsOf(key, history.at(new Cut.Before(ALL)).values());
            assertThat(rows).as(key).isNotEmpty();
            assertThat(bytes(rows))
                    .as(key)
                    .isEqualTo(bytes(projection.rowsOf(key, ran.rows().values())));
            foldsOnFromTheMiddle(projection, events.list(), history);
            smaller += events.list().size() < ran.source().end() ? 1 : 0;
        }
        assertThat(smaller).isPositive();
    }

    private static void foldsOnFromTheMiddle(
            KeyedProjection projection, List<SourceEvent> events, KeyHistory whole) {
        var inTwo = KeyHistory.of(projection, 0, events.subList(0, events.size() / 2));
        assertThat(inTwo.goOn(events)).isTrue();
        assertThat(inTwo.steps()).isEqualTo(whole.steps());
        assertThat(inTwo.goOn(events.subList(1, events.size()))).isFalse();
    }

    private Ran runLeads(long seed) {
        var random = new RandomLeads(new Random(seed));
        var source = new MemoryLog(Topics.LEAD_EVENTS.name());
        var written = new ArrayList<List<SpecificRecord>>();
        try (var driver = new FoldDriver(leads, folder)) {
            for (var sent : random.log(120)) {
                source.add(sent.site(), sent.event());
                driver.send(Topics.LEAD_EVENTS.name(), sent.site(), sent.event());
                written.add(List.copyOf(driver.written()));
            }
        }
        return new Ran(source, written, new TreeSet<>(random.leads()));
    }

    private Ran runSessions(long seed) {
        var random = new Random(seed);
        var keys = new TreeSet<String>();
        var source = new MemoryLog(Topics.TRACKING_EVENTS.name());
        var written = new ArrayList<List<SpecificRecord>>();
        try (var driver = new FoldDriver(sessions, folder)) {
            for (int i = 0; i < 160; i++) {
                String visitor = "visitor-" + random.nextInt(6);
                // Some were issued for somebody else, or not by the server.
                String session =
                        random.nextInt(8) == 0
                                ? "made-elsewhere-" + random.nextInt(3)
                                : SampleEvents.session(visitor, random.nextInt(4));
                SpecificRecord event = tracked(random, session, visitor);
                keys.add(session);
                source.add(session, event);
                driver.send(Topics.TRACKING_EVENTS.name(), session, event);
                written.add(List.copyOf(driver.written()));
            }
        }
        return new Ran(source, written, keys);
    }

    private static SpecificRecord tracked(Random random, String session, String visitor) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> Events.start(session, visitor, "main");
            case 2 -> SampleEvents.sessionEnded(session);
            case 3 ->
                    SampleEvents.sessionImported()
                            .setSessionId(session)
                            .setVisitorId(visitor)
                            .build();
            default ->
                    SampleEvents.eventsTracked(
                            session,
                            event("page_view", NOON.plusSeconds(random.nextInt(600)))
                                    .setPage("/" + random.nextInt(5))
                                    .build(),
                            event("scroll", NOON.plusSeconds(random.nextInt(600)))
                                    .setScrollPercent(random.nextDouble() * 100)
                                    .build());
        };
    }

    private static SpecificRecord captured(String lead, int number) {
        return SampleEvents.leadCaptured(lead, Events.submission("main", number));
    }

    private static KeyEvents events(
            KeyedProjection projection, String key, MemoryLog source, Set<String> hints) {
        var events = new KeyEvents(projection, key, source, MemoryLog.SERDE, hints, ALL);
        events.find();
        return events;
    }

    private static KeyHistory history(KeyedProjection projection, String key, MemoryLog source) {
        return KeyHistory.of(projection, 0, events(projection, key, source, Set.of()).list());
    }

    /// What the sink writes: the newest of every key.
    private static Map<String, SpecificRecord> tablesAt(MemoryLog view, long position) {
        var rows = new TreeMap<String, SpecificRecord>();
        view.read(
                0,
                position,
                record -> {
                    var row =
                            requireNonNull(
                                    MemoryLog.SERDE.deserialize(record.topic(), record.value()));
                    rows.put(RowKey.of(row), row);
                });
        return rows;
    }

    private static Map<String, SpecificRecord> rows(MemoryLog view) {
        return tablesAt(view, view.end());
    }

    private static String key(String session) {
        return RowKey.of("sessions", session);
    }

    private static Map<String, String> bytes(Collection<SpecificRecord> rows) {
        var bytes = new TreeMap<String, String>();
        rows.forEach(row ->
                bytes.put(
                        RowKey.of(row),
                        HexFormat.of().formatHex(MemoryLog.SERDE.serialize("rows", row))));
        return bytes;
    }
}
