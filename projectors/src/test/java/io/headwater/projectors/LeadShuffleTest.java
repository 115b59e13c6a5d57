package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.EventMeta;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.projectors.intake.IntakeProjection;
import io.headwater.projectors.lead.LeadVolumeProjection;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.Projection;
import io.headwater.schema.SampleLife;
import io.headwater.schema.Topics;
import io.headwater.views.IntakeRow;
import io.headwater.views.LeadVolumeRow;
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

/// The same events of leads give the same rows, however the records of different sites are mixed
/// and however often all of them are read again into an empty state. Within a site the order is
/// that of the log; receipts and decisions are of different topics and have none.
class LeadShuffleTest {

    private record Sent(String topic, String site, SpecificRecord event) {

        /// What keeps its order.
        String lane() {
            return topic + site;
        }
    }

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsDoNotDependOnTheOrderBetweenSites(long seed) {
        var log = new Story(new Random(seed)).log();
        var mixed = shuffled(log, new Random(-seed));
        assertThat(mixed).isNotEqualTo(log);

        for (Projection projection :
                List.of(
                        new LeadsProjection(),
                        new LeadVolumeProjection(),
                        new IntakeProjection())) {
            var expected = fold(projection, log);
            assertThat(withoutPositions(fold(projection, log)))
                    .isEqualTo(withoutPositions(expected));
            assertThat(withoutPositions(fold(projection, mixed)))
                    .isEqualTo(withoutPositions(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void everySubmissionCountsOnceOnBothSides(long seed) {
        var log = shuffled(new Story(new Random(seed)).log(), new Random(seed));
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
            log.stream()
                    .filter(one -> projection.sources().contains(one.topic()))
                    .forEach(one -> driver.send(one.topic(), one.site(), one.event()));
            assertThat(driver.deadLetters()).isEmpty();
            return driver.rows();
        }
    }

    private static List<Sent> shuffled(List<Sent> log, Random random) {
        Map<String, Deque<Sent>> lanes = new LinkedHashMap<>();
        log.forEach(
                one -> lanes.computeIfAbsent(one.lane(), unseen -> new ArrayDeque<>()).add(one));
        List<String> turns = new ArrayList<>(log.stream().map(Sent::lane).toList());
        Collections.shuffle(turns, random);
        return turns.stream()
                .map(lane -> lanes.getOrDefault(lane, new ArrayDeque<>()).removeFirst())
                .toList();
    }

    /// Offsets are those of the log, which is another one after shuffling.
    private static Map<String, String> withoutPositions(Map<String, SpecificRecord> rows) {
        Map<String, String> texts = new TreeMap<>();
        rows.forEach((key, row) ->
                texts.put(key, row.toString().replaceAll("\"(src|captured)_offset\": \\d+", "")));
        return texts;
    }

    /// Leads of several sites that are captured, quarantined, let in, turned down, moved, won and
    /// merged.
    private static final class Story {

        private final Random random;
        private final List<Sent> log = new ArrayList<>();
        private int number;

        Story(Random random) {
            this.random = random;
        }

        List<Sent> log() {
            for (int i = 0; i < 40; i++) {
                submission("site-" + random.nextInt(4));
            }
            return log;
        }

        private void submission(String site) {
            var submission = Events.submission(site, ++number);
            String id = submission.getSubmissionId();
            String lead = site + "_" + number;
            log.add(
                    new Sent(
                            Topics.INTAKE_RECEIPTS.name(),
                            site,
                            ReceiptRecorded.newBuilder()
                                    .setReceiptId("receipt-" + number)
                                    .setSiteId(site)
                                    .setChannel("form")
                                    .setSubmissionIds(List.of(id))
                                    .setReceivedAt(NOON)
                                    .build()));
            boolean waits = random.nextBoolean();
            if (waits) {
                lead(
                        site,
                        new SubmissionQuarantined(
                                meta(id, 1), submission, "broken", "it is broken"));
                switch (random.nextInt(3)) {
                    case 0 -> {
                        return;
                    }
                    case 1 -> {
                        lead(
                                site,
                                SubmissionRejected.newBuilder(SampleLife.submissionRejected(2))
                                        .setMeta(meta(id, 2))
                                        .setSubmissionId(id)
                                        .build());
                        return;
                    }
                    default ->
                            lead(
                                    site,
                                    SubmissionReleased.newBuilder(SampleLife.submissionReleased(2))
                                            .setMeta(meta(id, 2))
                                            .setSubmissionId(id)
                                            .build());
                }
            }
            var captured =
                    Submission.newBuilder(submission)
                            .setReleased(waits)
                            .setUtmSource(random.nextBoolean() ? "google" : "bing")
                            .build();
            lead(site, new LeadCaptured(meta(lead, 1), lead, "new", captured));
            life(site, lead);
        }

        private void life(String site, String lead) {
            lead(
                    site,
                    LeadContacted.newBuilder(SampleLife.contacted(2).build())
                            .setMeta(meta(lead, 2))
                            .setLeadId(lead)
                            .setAt(NOON.plusSeconds(random.nextInt(600)))
                            .build());
            lead(
                    site,
                    LeadStageChanged.newBuilder(
                                    SampleLife.stageChanged("new", "contacted", 3).build())
                            .setMeta(meta(lead, 3))
                            .setLeadId(lead)
                            .build());
            lead(
                    site,
                    LeadWon.newBuilder(SampleLife.won(random.nextInt(1_000), "EUR", 4).build())
                            .setMeta(meta(lead, 4))
                            .setLeadId(lead)
                            .build());
            if (random.nextInt(3) == 0) {
                lead(
                        site,
                        LeadMerged.newBuilder(SampleLife.merged(5))
                                .setMeta(meta(lead, 5))
                                .setLeadId(lead)
                                .build());
                if (random.nextBoolean()) {
                    lead(
                            site,
                            LeadUnmerged.newBuilder(SampleLife.unmerged(6))
                                    .setMeta(meta(lead, 6))
                                    .setLeadId(lead)
                                    .build());
                }
            }
        }

        private void lead(String site, SpecificRecord event) {
            log.add(new Sent(Topics.LEAD_EVENTS.name(), site, event));
        }

        private static EventMeta meta(String aggregate, long sequence) {
            return SampleLife.meta(aggregate, sequence);
        }
    }
}
