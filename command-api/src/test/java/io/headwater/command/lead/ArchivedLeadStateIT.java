package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.archive.ArchiveEraser;
import io.headwater.archive.log.SourceLog.Range;
import io.headwater.command.RunningDecider;
import io.headwater.command.TestArchive;
import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateException;
import io.headwater.command.platform.state.StateRebuild;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.WinLead;
import io.headwater.schema.Brokers;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Kafka does not have the oldest events any more: what is made of them comes from the archive, and
/// goes on in Kafka exactly where that ends.
@SuppressWarnings("NullAway.Init")
class ArchivedLeadStateIT {

    private static final List<String> SITES = List.of("a", "b", "c", "d", "e", "f", "g");

    private RunningDecider decider;
    private TestArchive archive;
    private final List<Submission> captured = new ArrayList<>();

    @BeforeEach
    void start() {
        decider =
                new RunningDecider(
                        LeadHistory.of(
                                TestSchemas.ids(), Duration.ofHours(24), TestVaultKeys.names()));
        archive = new TestArchive(decider.admin(), decider.bootstrap(), Topics.LEAD_EVENTS.name());
    }

    @AfterEach
    void stop() {
        decider.close();
    }

    @Test
    void storesComeBackFromTheArchiveAndThenFromKafka() throws Exception {
        lives();
        var archived = archive.write();
        lives();
        archive.cutTopic(middles(archived));
        decider.stop();

        // Kafka alone cannot tell any more
        assertThatThrownBy(() -> decider.audit(EventSource.kafka(Brokers.at(decider.bootstrap()))))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("S3_ENDPOINT");
        assertThatThrownBy(() -> rebuild(EventSource.kafka(Brokers.at(decider.bootstrap()))))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("Kafka does not have all events any more");
        assertThat(decider.audit(withArchive()).differences()).isEmpty();
        long events = decider.audit(withArchive()).events();
        assertThat(events).isGreaterThan(captured.size());

        decider.loseState();
        assertThat(decider.audit(withArchive()).differences())
                .hasSizeGreaterThan(captured.size())
                .containsValue("in the events, but not in the store");
        stoppedHalfWay();
        var said = new ArrayList<String>();
        var outcome = decider.rebuild(withArchive(), said::add);

        assertThat(said)
                .filteredOn(line -> line.contains("from the archive up to offset"))
                .hasSize(archived.size());
        assertThat(outcome.broken()).isEmpty();
        var report = decider.audit(withArchive());
        assertThat(report.differences()).isEmpty();
        assertThat(report.events()).isEqualTo(events);

        // the archive has all of it by now, Kafka nothing
        var all = archive.write();
        archive.cutTopic(
                all.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().end())));
        decider.loseState();
        assertThat(rebuild(withArchive()).broken()).isEmpty();
        assertThat(decider.audit(withArchive()).differences()).isEmpty();

        decider.start();
        for (var known : captured) {
            assertThat(capture(again(known)).getValues())
                    .containsEntry("duplicate_of", known.getSubmissionId());
        }
        assertThat(decider.audit(withArchive()).differences()).isEmpty();
    }

    @Test
    void eventsThatAreGoneAreNamedBeforeAnythingIsTouched() throws Exception {
        lives();
        var archived = archive.write();
        var begins = middles(archived);
        var events = decider.log().read(Topics.LEAD_EVENTS.name());
        var born =
                events.stream()
                        .filter(record -> record.value() instanceof LeadCaptured)
                        .filter(record -> record.offset() > 5)
                        .filter(record -> goesOn(record, events, begins))
                        .findFirst()
                        .orElseThrow();
        var hit = new TopicPartition(born.topic(), born.partition());
        var erased = archive.rangeAt(hit, born.offset());
        archive.cutTopic(begins);
        new ArchiveEraser(archive.bucket).erase(hit, erased.first(), "asked for", Instant.EPOCH);
        decider.stop();

        String where = "%s %d … %d: asked for".formatted(hit, erased.first(), erased.last());
        assertThatThrownBy(() -> decider.audit(withArchive()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(where);
        assertThatThrownBy(() -> rebuild(withArchive()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(where)
                .hasMessageContaining("--with-gaps");
        decider.start();
        assertThat(capture(again(captured.getFirst())).getOutcome()).isEqualTo("duplicate");
        decider.stop();

        var withGaps = new EventSource(Brokers.at(decider.bootstrap()), archive.bucket, true);
        var outcome = rebuild(withGaps);

        assertThat(outcome.broken()).isNotEmpty();
        assertThat(decider.audit(withGaps).differences().keySet())
                .allMatch(name -> name.startsWith("events "))
                .hasSameSizeAs(outcome.broken().keySet());
    }

    /// Whether the range of its birth is in the archive only, and the lead has events in a later
    /// one: else what is erased is all of it, and nothing is left that is broken.
    ///
    /// @param begins what the topic will begin with
    private boolean goesOn(
            ConsumerRecord<String, SpecificRecord> born,
            List<ConsumerRecord<String, SpecificRecord>> events,
            Map<TopicPartition, Long> begins) {
        var partition = new TopicPartition(born.topic(), born.partition());
        long last = archive.rangeAt(partition, born.offset()).last();
        if (last >= begins.getOrDefault(partition, 0L)) {
            return false;
        }
        String lead = LeadReader.meta(born.value()).getAggregateId();
        return events.stream()
                .filter(record -> record.partition() == born.partition() && record.offset() > last)
                .anyMatch(record -> LeadReader.meta(record.value()).getAggregateId().equals(lead));
    }

    /// The store goes away while events are folded; what was begun does not count.
    private void stoppedHalfWay() {
        assertThatThrownBy(() ->
                        decider.rebuild(
                                withArchive(),
                                line -> archive.bucket.away |= line.contains("from the archive")))
                .isInstanceOf(StateException.class)
                .hasRootCauseMessage("the store is away");
        assertThatThrownBy(() -> rebuild(withArchive())).isInstanceOf(KafkaException.class);
        archive.bucket.away = false;
    }

    private EventSource withArchive() {
        return new EventSource(Brokers.at(decider.bootstrap()), archive.bucket, false);
    }

    private StateRebuild.Outcome rebuild(EventSource source) {
        return decider.rebuild(source, System.out::println);
    }

    /// Each site gets leads, and they get on.
    private void lives() {
        var ids = new ArrayList<String>();
        for (String site : SITES) {
            for (int i = 0; i < 2; i++) {
                var of = submissionOf(site);
                captured.add(of);
                var won =
                        LeadDriver.change(LeadDesk.leadId(site, of.getSubmissionId()))
                                .setSiteId(site)
                                .setRequestedAt(Instant.now())
                                .setWin(new WinLead(100L, "EUR", null))
                                .build();
                var duplicate = again(of);
                decider.tell(site, captureOf(of));
                decider.tell(site, captureOf(duplicate));
                decider.tell(site, won);
                ids.addAll(
                        List.of(
                                of.getSubmissionId(),
                                duplicate.getSubmissionId(),
                                won.getCommandId()));
            }
        }
        assertThat(ids).allMatch(id -> decider.answer(id).getAccepted());
    }

    private static Submission submissionOf(String site) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSiteId(site)
                .setSubmissionId(id)
                .setDedupKey(id)
                .setBodyHash(id)
                .setReceivedAt(Instant.now())
                .setEmail(PersonalData.of(id + "@example.org"))
                .setPhone(null)
                .setVisitorId(null)
                .build();
    }

    private static Submission again(Submission first) {
        return Submission.newBuilder(first).setSubmissionId(UUID.randomUUID().toString()).build();
    }

    private static CaptureLead captureOf(Submission submission) {
        return new CaptureLead(submission.getSubmissionId(), submission, List.of());
    }

    private CommandResult capture(Submission submission) {
        return decider.ask(
                submission.getSiteId(), submission.getSubmissionId(), captureOf(submission));
    }

    /// Not where a range of the archive ends.
    private static Map<TopicPartition, Long> middles(Map<TopicPartition, Range> ranges) {
        var middles = new HashMap<TopicPartition, Long>();
        ranges.forEach((partition, range) -> middles.put(partition, range.end() / 2 + 1));
        assertThat(middles.values()).allMatch(offset -> offset > 10);
        return middles;
    }
}
