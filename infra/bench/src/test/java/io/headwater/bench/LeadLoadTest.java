package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.bench.LeadStory.Step;
import io.headwater.events.EventMeta;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeadLoadTest {

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(19);
    private static final int PEOPLE = 2_000;

    private final List<Step> steps = new ArrayList<>();

    LeadLoadTest() {
        LeadLoad.inOrder(PEOPLE, BEGIN, SPAN, steps::add);
    }

    @Test
    void everythingIsToldInItsTimeAndTheSameEachTime() {
        // when
        var again = new ArrayList<Step>();
        LeadLoad.inOrder(PEOPLE, BEGIN, SPAN, again::add);

        // then
        assertThat(again).isEqualTo(steps);
        assertThat(steps).extracting(Step::at).isSorted();
        assertThat(steps.getLast().at()).isBefore(BEGIN.plus(SPAN).plus(LeadStory.LONGEST));
    }

    @Test
    void everySubmissionThatCameInBecomesOneThing() {
        // when
        var received =
                events(ReceiptRecorded.class)
                        .flatMap(receipt -> receipt.getSubmissionIds().stream())
                        .toList();
        var audited =
                events(WebhookReceived.class)
                        .flatMap(webhook -> webhook.getSubmissionIds().stream())
                        .toList();
        var decided =
                events(SpecificRecord.class)
                        .map(LeadLoadTest::submission)
                        .filter(submission -> submission != null && !submission.getReleased())
                        .map(Submission::getSubmissionId)
                        .toList();

        // then
        assertThat(received).hasSizeGreaterThan(PEOPLE).doesNotHaveDuplicates();
        assertThat(audited).isEqualTo(received);
        assertThat(decided).containsExactlyInAnyOrderElementsOf(received);
    }

    @Test
    void aggregatesCountWithoutAGapAndNoEventComesTwice() {
        Map<String, Long> last = new HashMap<>();
        var ids = new ArrayList<String>();
        events(SpecificRecord.class)
                .filter(event -> event.getSchema().getField("meta") != null)
                .map(event -> (EventMeta) event.get(event.getSchema().getField("meta").pos()))
                .forEach(meta -> {
                    ids.add(meta.getEventId());
                    assertThat(meta.getSequence())
                            .isEqualTo(last.merge(meta.getAggregateId(), 1L, Long::sum));
                });

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void whoIsMergedWasCapturedAndBothSidesAreTold() {
        var captured =
                events(LeadCaptured.class).map(LeadCaptured::getLeadId).collect(Collectors.toSet());
        var merged =
                events(LeadMerged.class)
                        .map(event -> Tuple.tuple(event.getLeadId(), event.getIntoLeadId()))
                        .toList();

        assertThat(merged).hasSizeBetween(PEOPLE / 100, PEOPLE / 30);
        assertThat(merged).allSatisfy(pair -> assertThat(captured).containsAll(leads(pair)));
        assertThat(
                        events(LeadAbsorbed.class)
                                .map(event ->
                                        Tuple.tuple(event.getMergedLeadId(), event.getLeadId())))
                .isEqualTo(merged);
        assertThat(events(SubmissionReleased.class)).isNotEmpty();
        assertThat(events(LeadWon.class)).isNotEmpty();
        assertThat(events(RefundRecorded.class)).isNotEmpty();
    }

    @Test
    void everyRecordIsOneOfItsTopic() {
        try (var serde = new AvroSerde<SpecificRecord>(SchemaIds.inMemory())) {
            assertThat(steps)
                    .allSatisfy(step -> {
                        assertThat(step.topic().allows(step.record().getSchema())).isTrue();
                        byte[] written =
                                serde.serializer().serialize(step.topic().name(), step.record());
                        assertThat(serde.deserializer().deserialize(step.topic().name(), written))
                                .isEqualTo(step.record());
                    });
        }
        assertThat(steps)
                .extracting(step -> step.topic().name())
                .contains(
                        Topics.LEAD_EVENTS.name(),
                        Topics.INTAKE_RECEIPTS.name(),
                        Topics.INTAKE_WEBHOOKS.name());
    }

    private static List<String> leads(Tuple pair) {
        return pair.toList().stream().map(Object::toString).toList();
    }

    private static @Nullable Submission submission(SpecificRecord event) {
        var field = event.getSchema().getField("submission");
        return field == null ? null : (Submission) event.get(field.pos());
    }

    private <T extends SpecificRecord> Stream<T> events(Class<T> type) {
        return steps.stream().map(Step::record).filter(type::isInstance).map(type::cast);
    }
}
