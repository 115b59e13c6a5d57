package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.SITE;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.projectors.intake.IntakeProjection;
import io.headwater.projectors.lead.LeadVolumeProjection;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.Projection;
import io.headwater.schema.Topics;
import io.headwater.views.IntakeRow;
import io.headwater.views.LeadVolumeRow;
import io.headwater.views.SubmissionRow;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `received = accepted + duplicate + blocked + test + refused + quarantined`, and each of them as
/// an independent count of what every submission became, after each step of its way.
class AccountingOracleTest {

    private static final int STEPS = 120;

    private record Account(Map<String, Long> outcomes, long received) {}

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyViewCountsEverySubmissionOnceAsItStands(long seed) {
        var story = new RandomIntake(new Random(seed));
        try (var intake = new View(new IntakeProjection());
                var volume = new View(new LeadVolumeProjection());
                var leads = new View(new LeadsProjection())) {
            for (int step = 0; step < STEPS; step++) {
                var events = story.next();
                for (View view : List.of(intake, volume, leads)) {
                    events.forEach(view::send);
                }
                var outcomes = counted(story.outcomes().values());
                var expected = new Account(outcomes, story.outcomes().size());

                assertThat(account(intake.rows(IntakeRow.class))).isEqualTo(expected);
                assertThat(volume(volume.rows(LeadVolumeRow.class))).isEqualTo(expected);
                assertThat(
                                counted(
                                        leads.rows(SubmissionRow.class).stream()
                                                .map(SubmissionRow::getOutcome)
                                                .toList()))
                        .isEqualTo(outcomes);
                intake.rows(IntakeRow.class).forEach(AccountingOracleTest::balances);
            }
        }
    }

    private static void balances(IntakeRow row) {
        assertThat(row.getReceived())
                .isEqualTo(
                        row.getAccepted()
                                + row.getDuplicate()
                                + row.getBlocked()
                                + row.getTest()
                                + row.getRefused()
                                + row.getQuarantined());
    }

    private static Account account(List<IntakeRow> rows) {
        return new Account(
                withoutZeros(
                        Map.of(
                                "accepted", sum(rows, IntakeRow::getAccepted),
                                "duplicate", sum(rows, IntakeRow::getDuplicate),
                                "blocked", sum(rows, IntakeRow::getBlocked),
                                "test", sum(rows, IntakeRow::getTest),
                                "refused", sum(rows, IntakeRow::getRefused),
                                "quarantined", sum(rows, IntakeRow::getQuarantined))),
                sum(rows, IntakeRow::getReceived));
    }

    private static Account volume(List<LeadVolumeRow> rows) {
        return new Account(
                withoutZeros(
                        Map.of(
                                "accepted", sum(rows, LeadVolumeRow::getAccepted),
                                "duplicate", sum(rows, LeadVolumeRow::getDuplicate),
                                "blocked", sum(rows, LeadVolumeRow::getBlocked),
                                "test", sum(rows, LeadVolumeRow::getTest),
                                "refused", sum(rows, LeadVolumeRow::getRefused),
                                "quarantined", sum(rows, LeadVolumeRow::getQuarantined))),
                sum(rows, LeadVolumeRow::getSubmissions));
    }

    private static <T> long sum(List<T> rows, ToLongFunction<T> count) {
        return rows.stream().mapToLong(count).sum();
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> counts) {
        var some = new HashMap<>(counts);
        some.values().removeIf(count -> count == 0);
        return some;
    }

    private static Map<String, Long> counted(Collection<String> outcomes) {
        return outcomes.stream().collect(groupingBy(identity(), counting()));
    }

    /// The rows of a projection while records come in.
    private final class View implements AutoCloseable {

        private final Projection projection;
        private final FoldDriver driver;
        private final Map<String, SpecificRecord> rows = new HashMap<>();

        View(Projection projection) {
            this.projection = projection;
            driver = new FoldDriver(projection, folder);
        }

        void send(SpecificRecord event) {
            var topic =
                    event instanceof ReceiptRecorded ? Topics.INTAKE_RECEIPTS : Topics.LEAD_EVENTS;
            if (projection.sources().contains(topic.name())) {
                driver.send(topic.name(), SITE, event);
            }
        }

        <T extends SpecificRecord> List<T> rows(Class<T> type) {
            rows.putAll(driver.rows());
            assertThat(driver.deadLetters()).isEmpty();
            return rows.values().stream().filter(type::isInstance).map(type::cast).toList();
        }

        @Override
        public void close() {
            driver.close();
        }
    }
}
