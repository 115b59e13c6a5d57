package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.projectors.FoldDriver.Commit;
import io.headwater.projectors.History.Sent;
import io.headwater.projectors.analytics.TrafficProjection;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.Projection;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import io.headwater.schema.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fold that runs wrong is found out by an oracle that counts the log itself; that it says
/// nothing of a sound one is worth something only because of this. Traffic is additive: what is
/// folded twice shows.
class FoldSabotageTest {

    private static final int DIES_AT = 40;
    private static final int SINCE_COMMIT = 7;

    private final List<Sent> visits = visits(new Random(6));

    @TempDir private Path folder;

    @Test
    void soundFoldHasNoFaults() {
        assertThat(traffic(visits, Wrong.NOTHING)).isEmpty();
    }

    /// As without transactions: stores keep what the offsets do not know of.
    @Test
    void storeThatIsAheadOfItsOffsetsIsFoundOut() {
        assertThat(traffic(visits, Wrong.STORES_AHEAD)).containsOnlyKeys("pages", "traffic");
    }

    @Test
    void offsetsThatAreAheadOfTheirStoreAreFoundOut() {
        assertThat(traffic(visits, Wrong.OFFSETS_AHEAD)).containsOnlyKeys("pages", "traffic");
    }

    @Test
    void recordThatIsDroppedIsFoundOut() {
        var told = new ArrayList<>(visits);
        told.remove(DIES_AT);

        assertThat(traffic(told, Wrong.NOTHING)).containsOnlyKeys("pages", "traffic");
    }

    @Test
    void batchThatIsFoldedTwiceIsFoundOut() {
        var told = new ArrayList<>(visits);
        told.addAll(DIES_AT, visits.subList(DIES_AT - SINCE_COMMIT, DIES_AT));

        assertThat(traffic(told, Wrong.NOTHING)).containsOnlyKeys("pages", "traffic");
    }

    @Test
    void eventsOfAKeyThatAreSwappedAreFoundOut() {
        var log = stages(new Random(6));
        var oracle = new LogOracle(log);
        var swapped = new ArrayList<>(log);
        swapped.add(swapped.size() - 2, swapped.removeLast());

        assertThat(oracle.faultsOfStages(fold(new LeadsProjection(), log, Wrong.NOTHING).values()))
                .isEmpty();
        assertThat(
                        oracle.faultsOfStages(
                                fold(new LeadsProjection(), swapped, Wrong.NOTHING).values()))
                .containsOnlyKeys("stages");
    }

    private enum Wrong {
        NOTHING,
        STORES_AHEAD,
        OFFSETS_AHEAD
    }

    /// @param told what the fold reads; the oracle reads all
    private Map<String, String> traffic(List<Sent> told, Wrong wrong) {
        return new LogOracle(visits)
                .faultsOfTraffic(fold(new TrafficProjection(), told, wrong).values());
    }

    /// A fold that dies with records folded and not committed, and goes on where it committed, but
    /// for what is wrong.
    private Map<String, SpecificRecord> fold(Projection projection, List<Sent> told, Wrong wrong) {
        Map<String, SpecificRecord> rows = new TreeMap<>();
        int at = Math.min(DIES_AT, told.size()) - SINCE_COMMIT;
        Commit commit;
        Commit lost;
        try (var driver = new FoldDriver(projection, folder)) {
            send(driver, told.subList(0, at));
            rows.putAll(driver.rows());
            commit = driver.commit();
            send(driver, told.subList(at, at + SINCE_COMMIT));
            lost = driver.commit();
        }
        boolean offsetsAhead = wrong == Wrong.OFFSETS_AHEAD;
        var from =
                new Commit(
                        (wrong == Wrong.STORES_AHEAD ? lost : commit).stores(),
                        (offsetsAhead ? lost : commit).offsets());
        try (var driver = new FoldDriver(projection, folder, from)) {
            send(driver, told.subList(offsetsAhead ? at + SINCE_COMMIT : at, told.size()));
            rows.putAll(driver.rows());
        }
        return rows;
    }

    private static void send(FoldDriver driver, List<Sent> log) {
        log.forEach(one -> driver.send(one.topic(), one.key(), one.event()));
    }

    private static List<Sent> visits(Random random) {
        List<Sent> log = new ArrayList<>();
        for (int i = 0; i < 2 * DIES_AT; i++) {
            String visitor = "visitor-" + random.nextInt(6);
            String session = SampleEvents.session(visitor, random.nextInt(4));
            SpecificRecord event =
                    i % 5 == 1
                            ? Events.start(session, visitor, SITE)
                            : History.tracked(session, random);
            log.add(new Sent(Topics.TRACKING_EVENTS.name(), visitor, session, event));
        }
        assertThat(log.get(DIES_AT).event()).isInstanceOf(EventsTracked.class);
        return log;
    }

    /// The last two moves are of one lead.
    private static List<Sent> stages(Random random) {
        List<SpecificRecord> events = new ArrayList<>();
        List<String> leads = List.of(SITE + "_1", SITE + "_2", SITE + "_3");
        for (String lead : leads) {
            events.add(leadCaptured(lead, Events.submission(SITE, events.size())));
            events.add(moved(lead, "contacted", events.size()));
        }
        for (int i = 0; i < 30; i++) {
            String stage = List.of("new", "contacted", "qualified").get(random.nextInt(3));
            events.add(moved(leads.get(random.nextInt(3)), stage, events.size()));
        }
        events.add(moved(leads.getFirst(), "contacted", events.size()));
        events.add(moved(leads.getFirst(), "qualified", events.size()));
        return events.stream()
                .map(event -> History.bySite(Topics.LEAD_EVENTS, SITE, event))
                .toList();
    }

    private static SpecificRecord moved(String lead, String stage, int sequence) {
        return SampleLife.stageChanged("new", stage, sequence)
                .setMeta(SampleLife.meta(lead, sequence))
                .setLeadId(lead)
                .build();
    }
}
