package io.headwater.command.privacy;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.sessionStarted;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.EventMeta;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.EraseWithdrawn;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.LeadNoted;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.SubjectErased;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.privacy.VisitorEraseRequested;
import io.headwater.events.privacy.VisitorEraseWithdrawn;
import io.headwater.events.privacy.VisitorErased;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.schema.PersonalData;
import io.headwater.schema.PersonalFields;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.KeyUse;
import io.headwater.vault.KeyUse.Kind;
import io.headwater.vault.Owner;
import io.headwater.vault.ReadLog.Asked;
import io.headwater.vault.ReadLog.Forgotten;
import io.headwater.vault.ReadLog.Learned;
import io.headwater.vault.ReadLog.VisitorForgotten;
import io.headwater.vault.ReadLog.Withdrawn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class LearnedEventsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static Learned learned(SpecificRecord... events) {
        var learned = new LearnedEvents(_ -> false);
        for (var event : events) {
            learned.add(event);
        }
        return learned.upTo(Set.of());
    }

    /// All values with one key.
    private static <R extends SpecificRecord> R with(String kid, R record) {
        return PersonalFields.map(
                record, "", (value, _, _) -> PersonalData.of(PersonalData.opened(value), kid));
    }

    private static EventMeta meta() {
        return EventMeta.newBuilder()
                .setEventId("e")
                .setAggregateId(LEAD)
                .setSequence(3)
                .setOccurredAt(NOW)
                .setCommandId("c")
                .build();
    }

    private static List<Owner> ownersOf(String kid, Learned learned) {
        return learned.links().stream()
                .filter(link -> link.kid().equals(kid))
                .map(Link::owner)
                .toList();
    }

    @Test
    void aSubmissionsKeyIsOfTheLeadAndOfWhoSentIt() {
        var event =
                LeadResubmitted.newBuilder()
                        .setMeta(meta())
                        .setLeadId(LEAD)
                        .setSubmission(
                                submission()
                                        .setSubmissionId("s1")
                                        .setSiteId("main")
                                        .setVisitorId("v1")
                                        .setSessionId("visit")
                                        .build())
                        .setReengaged(false)
                        .build();

        assertThat(ownersOf("k1", learned(with("k1", event))))
                .containsExactlyInAnyOrder(
                        new Owner("lead", LEAD),
                        new Owner("submission", "s1"),
                        new Owner("submitter", "main/v1"),
                        new Owner("visit", "visit"));
    }

    @Test
    void aBatchOfEventsIsOfItsSessionAndIsToldOnce() {
        var batch =
                with(
                        "k1",
                        EventsTracked.newBuilder(
                                        SampleEvents.eventsTracked(
                                                "visit", SampleEvents.event("click", NOW).build()))
                                .setDetails(PersonalData.of("[]"))
                                .build());

        assertThat(learned(batch, batch).links())
                .containsExactly(new Link(new Owner("session", "visit"), "k1"));
        var again = new LearnedEvents(_ -> true);
        again.add(batch);
        assertThat(again.upTo(Set.of()).links()).isEmpty();
    }

    @Test
    void aBodysKeyIsOfAllThatItBrought() {
        var delivery =
                WebhookReceived.newBuilder()
                        .setReceiptId("r1")
                        .setSiteId("main")
                        .setChannel("webhook")
                        .setOutcome("accepted")
                        .setBodyBytes(2)
                        .setBody(PersonalData.of("{}"))
                        .setSubmissionIds(List.of("s1", "s2"))
                        .setFactIds(List.of("f1"))
                        .setReceivedAt(NOW)
                        .build();

        assertThat(ownersOf("k2", learned(with("k2", delivery))))
                .containsExactlyInAnyOrder(
                        new Owner("receipt", "r1"),
                        new Owner("submission", "s1"),
                        new Owner("submission", "s2"),
                        new Owner("fact", "f1"));
    }

    @Test
    void aSessionsKeyIsOfItsVisitorOnThatSite() {
        var started =
                sessionStarted().setSessionId("visit").setSiteId("main").setVisitorId("v1").build();

        assertThat(ownersOf("k3", learned(with("k3", started))))
                .containsExactlyInAnyOrder(
                        new Owner("session", "visit"), new Owner("visitor", "main/v1"));
    }

    private static KeyUse used(String kid, String key, SpecificRecord event) {
        var learned = new LearnedEvents(_ -> false);
        learned.used(with(kid, event), key, NOW.plusSeconds(60));
        learned.used(with(kid, event), key, NOW.plusSeconds(120));
        assertThat(learned.upTo(Set.of()).uses()).as("once an hour").hasSize(1);
        return learned.upTo(Set.of()).uses().getFirst();
    }

    /// Retention ends what is older by this: what is kept for longer must never seem to be less.
    @Test
    void whatAKeyIsUsedForFollowsFromTheEvent() {
        var sent = submission().setSubmissionId("s1").setSiteId("main").build();
        var refused = new SubmissionRefused(meta(), sent, "invalid-email", "e");
        var duplicate =
                SubmissionDuplicated.newBuilder()
                        .setMeta(meta())
                        .setSubmission(sent)
                        .setDuplicateOf("s0")
                        .setLeadId(LEAD)
                        .setRule("body_hash")
                        .build();
        var again =
                LeadResubmitted.newBuilder()
                        .setMeta(meta())
                        .setLeadId(LEAD)
                        .setSubmission(sent)
                        .setReengaged(false)
                        .build();
        var clicks =
                EventsTracked.newBuilder(
                                SampleEvents.eventsTracked(
                                        "visit", SampleEvents.event("click", NOW).build()))
                        .setDetails(PersonalData.of("[]"))
                        .build();

        assertThat(used("k", "main", refused))
                .isEqualTo(
                        new KeyUse(
                                "k", Kind.SUBMISSIONS, "main", NOW, NOW.plus(1, ChronoUnit.HOURS)));
        assertThat(used("k", "main", duplicate).kind()).isEqualTo(Kind.LEADS);
        assertThat(used("k", "main", again).kind()).isEqualTo(Kind.LEADS);
        assertThat(used("k", "visit", clicks))
                .extracting(KeyUse::kind, KeyUse::siteId)
                .containsExactly(Kind.SESSIONS, "");
        assertThat(used("k", "visit", sessionStarted().setSiteId("shop").build()).siteId())
                .isEqualTo("shop");
        var noted = new LearnedEvents(_ -> true);
        noted.used(with("k", clicks), "visit", NOW);
        assertThat(noted.upTo(Set.of()).uses()).isEmpty();
    }

    @Test
    void whatHasNoKeyTellsNothing() {
        var note =
                LeadNoted.newBuilder()
                        .setMeta(meta())
                        .setLeadId(LEAD)
                        .setNoteId("n")
                        .setMessage(null)
                        .setAt(NOW)
                        .setActor("user:ada")
                        .build();

        assertThat(learned(note).links()).isEmpty();
    }

    /// In the order of the log: what is withdrawn may be asked for again.
    @Test
    void erasuresAreAskedForWithdrawnAndDone() {
        var asked = new EraseRequested(meta(), LEAD, "hand", NOW, "user:ada", true);
        var withdrawn = new EraseWithdrawn(meta(), LEAD, NOW, NOW, "user:ada", null);
        var done = new SubjectErased(meta(), LEAD, "hand", NOW, "system");
        var at = meta().getOccurredAt();
        String site = LEAD.substring(0, LEAD.lastIndexOf('_'));

        assertThat(learned(asked, withdrawn, asked, done).told())
                .containsExactly(
                        new Asked(LEAD, site, "hand", "user:ada", at, true),
                        new Withdrawn(LEAD, NOW, at),
                        new Asked(LEAD, site, "hand", "user:ada", at, true),
                        new Forgotten(LEAD, site, "hand", "system", NOW));
    }

    @Test
    void aVisitorsWishNeedsNoDecision() {
        var learned =
                learned(
                        new VisitorEraseRequested("main", "v/1", "hand", "user:ada", NOW, false),
                        new VisitorErased("main", "v/1", NOW, "system", NOW.plusSeconds(9)),
                        new VisitorEraseWithdrawn("main", "v/1", NOW, "key:admin", NOW));

        assertThat(learned.told())
                .containsExactly(
                        new Asked("main/v/1", "main", "hand", "user:ada", NOW, false),
                        new VisitorForgotten("main/v/1", NOW, NOW.plusSeconds(9)),
                        new Withdrawn("main/v/1", NOW, NOW));
    }

    @Test
    void onlyWhatTellsSomethingIsDecoded() {
        assertThat(LearnedEvents.tells(LeadNoted.class.getName())).isTrue();
        assertThat(LearnedEvents.tells(FactAttributed.class.getName())).isTrue();
        assertThat(LearnedEvents.tells(EventsTracked.class.getName())).isTrue();
        assertThat(LearnedEvents.tells(LeadScored.class.getName())).isFalse();
    }

    /// Whoever adds a place for personal data adds its topic here.
    @Test
    void noEventWithPersonalFieldsIsLeftOut() {
        var elsewhere =
                Topics.FACTS.stream()
                        .filter(topic -> topic.retention().isNegative())
                        .filter(topic -> !LearnedEvents.SOURCES.contains(topic))
                        .filter(topic -> topic != Topics.ACCESS_EVENTS)
                        .flatMap(topic -> topic.records().stream())
                        .filter(PersonalFields::any);

        assertThat(elsewhere).isEmpty();
    }
}
