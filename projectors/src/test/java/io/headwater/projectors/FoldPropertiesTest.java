package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.projectors.History.Sent;
import io.headwater.projectors.analytics.TrafficProjection;
import io.headwater.projectors.intake.IntakeProjection;
import io.headwater.projectors.lead.LeadVolumeProjection;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.session.SessionsProjection;
import io.headwater.views.IntakeRow;
import io.headwater.views.LeadVolumeRow;
import io.headwater.views.TrafficRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The laws of every fold, on a random history of its topics: the same events give the same rows,
/// byte by byte, however keys are mixed and wherever the fold is restarted. A failure names
/// projection and seed; `-Dseed=N` runs that one.
class FoldPropertiesTest {

    /// More in the profile `full`.
    private static final int SEEDS = Boolean.getBoolean("headwater.full") ? 5 : 1;

    private static final int LONGEST_RUN = 16;
    private static final int MOST_LOST = 4;

    /// Opening the stores of a fold takes longer than a record.
    private static final int RESTARTS = 30;

    private final Rows rows = new Rows();

    @TempDir private Path folder;

    static Stream<Arguments> histories() {
        Long seed = Long.getLong("seed");
        return (seed == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(seed))
                .boxed()
                .flatMap(one ->
                        TopologiesTest.projections()
                                .map(projection -> arguments(projection.name(), one, projection)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("histories")
    void orderBetweenKeysDoesNotShow(String name, long seed, Projection projection) {
        var log = History.of(projection, new Random(seed));
        var mixed = History.mixed(log, new Random(-seed));
        assertThat(mixed).isNotEqualTo(log);

        assertThat(rows.bytesWithoutOffsets(fold(projection, mixed)))
                .as("%s, seed %d", name, seed)
                .isNotEmpty()
                .isEqualTo(rows.bytesWithoutOffsets(fold(projection, log)));
    }

    /// At some places, each time with records that were folded, not committed and are read again.
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("histories")
    void restartsDoNotShow(String name, long seed, Projection projection) {
        var random = new Random(seed);
        var log = History.of(projection, random);

        var restarted = restarted(projection, log, () -> 1 + random.nextInt(LONGEST_RUN), random);

        assertThat(rows.bytes(restarted))
                .as("%s, seed %d", name, seed)
                .isEqualTo(rows.bytes(fold(projection, log)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.headwater.projectors.TopologiesTest#projections")
    void restartAfterEachOfManyRecordsDoesNotShow(Projection projection) {
        var random = new Random(4);
        var history = History.of(projection, random);
        int from = random.nextInt(history.size() - RESTARTS);
        var log = history.subList(0, from + RESTARTS);
        var runs = IntStream.concat(IntStream.of(from), IntStream.generate(() -> 1)).iterator();

        var restarted = restarted(projection, log, runs::next, random);

        assertThat(rows.bytes(restarted)).isEqualTo(rows.bytes(fold(projection, log)));
    }

    /// Also when the first record of a session is no start.
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void trafficCountsEverySessionThatThereIs(long seed) {
        var log = History.visits(new Random(seed));

        var sessions = fold(new SessionsProjection(), log);
        var traffic = fold(new TrafficProjection(), log).values();

        assertThat(
                        traffic.stream()
                                .filter(TrafficRow.class::isInstance)
                                .mapToLong(row -> ((TrafficRow) row).getSessions())
                                .sum())
                .isEqualTo(sessions.size());
    }

    /// Receipts and decisions are of different topics: neither waits for the other.
    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void everySubmissionCountsOnceOnBothSides(long seed) {
        var log = History.mixed(new SiteStories(new Random(seed), 40).log(), new Random(seed));
        long received =
                log.stream().filter(sent -> sent.event() instanceof ReceiptRecorded).count();

        var intake = fold(new IntakeProjection(), log).values();
        var volume = fold(new LeadVolumeProjection(), log).values();

        assertThat(intake)
                .allSatisfy(row -> {
                    var one = (IntakeRow) row;
                    assertThat(one.getReceived())
                            .isEqualTo(
                                    one.getAccepted()
                                            + one.getDuplicate()
                                            + one.getBlocked()
                                            + one.getTest()
                                            + one.getRefused()
                                            + one.getQuarantined());
                });
        assertThat(volume.stream().mapToLong(row -> ((LeadVolumeRow) row).getSubmissions()).sum())
                .isEqualTo(received);
    }

    private Map<String, SpecificRecord> fold(Projection projection, List<Sent> log) {
        try (var driver = new FoldDriver(projection, folder)) {
            send(driver, projection, log);
            return driver.rows();
        }
    }

    /// What a reader of committed rows sees.
    ///
    /// @param run records until the next commit after which the fold dies
    private Map<String, SpecificRecord> restarted(
            Projection projection, List<Sent> log, IntSupplier run, Random random) {
        Map<String, SpecificRecord> seen = new TreeMap<>();
        var commit = FoldDriver.Commit.NONE;
        int at = 0;
        while (at < log.size()) {
            int to = Math.min(log.size(), at + run.getAsInt());
            int lost = Math.min(log.size(), to + random.nextInt(MOST_LOST + 1));
            try (var driver = new FoldDriver(projection, folder, commit)) {
                send(driver, projection, log.subList(at, to));
                seen.putAll(driver.rows());
                commit = driver.commit();
                send(driver, projection, log.subList(to, lost));
            }
            at = to;
        }
        return seen;
    }

    private static void send(FoldDriver driver, Projection projection, List<Sent> log) {
        log.stream()
                .filter(one -> projection.sources().contains(one.topic()))
                .forEach(one -> driver.send(one.topic(), one.key(), one.event()));
        assertThat(driver.deadLetters()).isEmpty();
    }
}
