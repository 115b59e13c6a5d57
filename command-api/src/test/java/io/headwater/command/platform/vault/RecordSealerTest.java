package io.headwater.command.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.TestVaultKeys;
import io.headwater.events.Pii;
import io.headwater.events.access.BlockIp;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.PersonalData;
import io.headwater.schema.PersonalFields;
import io.headwater.schema.Topics;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSealerTest {

    private final TestVaultKeys vault = new TestVaultKeys();
    private final AtomicLong nanos = new AtomicLong();
    private final RecordSealer sealer =
            new RecordSealer(vault, vault::take, _ -> vault.take(), "brief"::equals, nanos::get);

    private static ProducerRecord<String, SpecificRecord> capture(String id) {
        var submission =
                Submission.newBuilder()
                        .setSubmissionId(id)
                        .setSiteId("lakeside")
                        .setReceiptId("r1")
                        .setChannel("api")
                        .setDedupKind("none")
                        .setBodyHash("")
                        .setReceivedAt(Instant.EPOCH)
                        .setSubmittedAt(Instant.EPOCH)
                        .setEmail(PersonalData.of(id + "@example.org"))
                        .build();
        return new ProducerRecord<>(
                Topics.LEAD_COMMANDS.name(),
                "lakeside",
                CaptureLead.newBuilder()
                        .setCommandId(id)
                        .setSubmission(submission)
                        .setPipeline(List.of())
                        .build());
    }

    private static ProducerRecord<String, SpecificRecord> audit(@Nullable String body) {
        return audit(body, null);
    }

    private static ProducerRecord<String, SpecificRecord> audit(
            @Nullable String body, @Nullable String siteId) {
        return new ProducerRecord<>(
                Topics.INTAKE_WEBHOOKS.name(),
                "lakeside",
                WebhookReceived.newBuilder()
                        .setReceiptId("r1")
                        .setSiteId(siteId)
                        .setChannel("webhook")
                        .setOutcome("accepted")
                        .setBodyBytes(1)
                        .setHeaders(Map.of())
                        .setSubmissionIds(List.of())
                        .setRemoteIp(PersonalData.of("192.0.2.1"))
                        .setBody(PersonalData.ofNullable(body))
                        .setReceivedAt(Instant.EPOCH)
                        .build());
    }

    private static Set<String> keys(ProducerRecord<String, SpecificRecord> record) {
        return PersonalFields.keys(record.value());
    }

    @Test
    void aRequestAboutOnePersonHasOneKey() {
        var sealed = sealer.sealed(List.of(audit("{}"), capture("a")));

        assertThat(keys(sealed.get(0))).hasSize(1).isEqualTo(keys(sealed.get(1)));
        assertThat(sealed.get(1).key()).isEqualTo("lakeside");
        assertThat(vault.taken()).isEqualTo(1);
    }

    /// Else it could not end before the submission.
    @Test
    void aBodyThatEndsByItselfHasItsOwn() {
        var sealed = sealer.sealed(List.of(audit("{}", "brief"), capture("a")));

        assertThat(keys(sealed.get(0))).hasSize(1).isNotEqualTo(keys(sealed.get(1)));
        assertThat(vault.taken()).isEqualTo(2);
    }

    @Test
    void ofARequestAboutManyEachHasItsOwn() {
        var sealed = sealer.sealed(List.of(audit("{}"), capture("a"), capture("b")));

        assertThat(sealed.stream().flatMap(record -> keys(record).stream()).distinct()).hasSize(3);
    }

    @Test
    void thoseThatWereTurnedDownShareAKeyForAnHour() {
        var first = keys(sealer.sealed(List.of(audit(null))).getFirst());
        assertThat(keys(sealer.sealed(List.of(audit(null))).getFirst())).isEqualTo(first);

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(keys(sealer.sealed(List.of(audit(null))).getFirst())).isNotEqualTo(first);
        assertThat(vault.taken()).isEqualTo(2);
    }

    private static ProducerRecord<String, SpecificRecord> events(String session, String... pages) {
        var events = new ArrayList<TrackedEvent>();
        var sent = new HashMap<String, Pii>();
        for (String page : pages) {
            events.add(
                    TrackedEvent.newBuilder()
                            .setType("click")
                            .setOccurredAt(Instant.EPOCH)
                            .setPageAsSent(sent.computeIfAbsent(page, PersonalData::of))
                            .build());
        }
        return new ProducerRecord<>(
                Topics.TRACKING_EVENTS.name(),
                session,
                new EventsTracked(
                        session, null, null, events, Instant.EPOCH, PersonalData.of("[]"), null));
    }

    @Test
    void aSessionHasOneKeyAndWhatIsTheSameIsSealedOnce() {
        var first = sealer.sealed(List.of(events("s1", "/a?x", "/b?x", "/a?x"))).getFirst();
        var second = sealer.sealed(List.of(events("s1", "/a?x"))).getFirst();
        var other = sealer.sealed(List.of(events("s2", "/a?x"))).getFirst();

        assertThat(keys(first)).hasSize(1).isEqualTo(keys(second)).isNotEqualTo(keys(other));
        assertThat(vault.taken()).isEqualTo(2);
        var pages =
                ((EventsTracked) first.value())
                        .getEvents().stream().map(TrackedEvent::getPageAsSent).toList();
        assertThat(pages.get(0)).isSameAs(pages.get(2)).isNotEqualTo(pages.get(1));
        var opened = new PersonalKeys(vault).opened((EventsTracked) first.value(), "main");
        assertThat(PersonalData.open(opened.getEvents().get(1).getPageAsSent())).isEqualTo("/b?x");
    }

    @Test
    void allLinesOfAListHaveTheKeyOfTheirSite() {
        var first = sealer.sealed(List.of(capture("a"), block("lakeside", "192.0.2.1")));
        var second = sealer.sealed(List.of(block("lakeside", "192.0.2.2"))).getFirst();
        var other = sealer.sealed(List.of(block("hilltop", "192.0.2.1"))).getFirst();

        assertThat(keys(first.get(1)))
                .hasSize(1)
                .isEqualTo(keys(second))
                .isNotEqualTo(keys(first.get(0)))
                .isNotEqualTo(keys(other));
        assertThat(((BlockIp) second.value()).getIp())
                .extracting(ip -> new PersonalKeys(vault).open(ip, "lakeside", "ip").orElse(null))
                .isEqualTo("192.0.2.2");
    }

    private static ProducerRecord<String, SpecificRecord> block(String site, String ip) {
        return new ProducerRecord<>(
                Topics.ACCESS_COMMANDS.name(),
                Topics.ACCESS_KEY,
                new BlockIp(
                        "c-" + ip,
                        site,
                        PersonalData.of(ip),
                        "robot",
                        null,
                        "system",
                        Instant.EPOCH));
    }

    @Test
    void withoutAKeyNothingLeaves() {
        vault.empty();

        assertThatThrownBy(() -> sealer.sealed(List.of(capture("a"))))
                .isInstanceOf(VaultUnavailableException.class);
    }
}
