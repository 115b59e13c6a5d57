package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.directory.Stage;
import io.headwater.events.EventMeta;
import io.headwater.events.Pii;
import io.headwater.life.FactNote;
import io.headwater.schema.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes out comes back: the audit folds what the decider folded.
class LeadReaderTest {

    private static final By BY = new By("command", NOON, NOON.minusSeconds(60), "user:zoe");
    private static final EventMeta META = new EventMeta("command-0", LEAD, 1L, "command", NOON);
    private static final Pii TEXT = PersonalData.of("text");

    static Stream<LeadEvent> events() {
        var note = new FactNote("f", "refunded", "r", "p", 7L, "EUR", NOON, NOON);
        return Stream.concat(
                Stream.of(
                        new LeadEvent.Captured(LEAD, submission().build(), "new"),
                        new LeadEvent.Resubmitted(LEAD, submission().build(), true, "other"),
                        new LeadEvent.Scored(
                                LEAD, new Engagement("session", 52, "Hot", 180, 3, 1, 1), NOON),
                        new LeadEvent.FactRecorded(LEAD, fact().build()),
                        new LeadEvent.FactAttributed(LEAD, "f", note)),
                life(note).map(event -> new LeadEvent.Lived(LEAD, event)));
    }

    private static Stream<LifeEvent> life(FactNote note) {
        return Stream.of(
                new LifeEvent.StageChanged(
                        LEAD, BY, "new", "won", Stage.Kind.WON, "hand", "because"),
                new LifeEvent.Assigned(LEAD, BY, "zoe", "north"),
                new LifeEvent.Contacted(LEAD, BY, "call", true),
                new LifeEvent.AppointmentChanged(
                        LEAD,
                        BY,
                        "a",
                        "b",
                        "booked",
                        NOON,
                        List.of("c"),
                        "rescheduled",
                        "b",
                        "a",
                        null,
                        "because"),
                new LifeEvent.Quoted(LEAD, BY, "q", 1, "EUR"),
                new LifeEvent.Won(LEAD, BY, "won", 1L, "EUR", "deal"),
                new LifeEvent.Lost(LEAD, BY, "lost", "price", "because"),
                new LifeEvent.Returned(LEAD, BY, "returned", "fraud", "because"),
                new LifeEvent.RefundRecorded(LEAD, BY, "r", 1, "EUR", true),
                new LifeEvent.Merged(LEAD, BY, "other", "because"),
                new LifeEvent.Absorbed(LEAD, BY, "other", List.of(note)),
                new LifeEvent.Unmerged(LEAD, BY, "other", "because"),
                new LifeEvent.Released(LEAD, BY, "other"),
                new LifeEvent.Noted(LEAD, BY, TEXT),
                new LifeEvent.CrmLinked(LEAD, BY, "crm", "17", "https://crm.example.org/17"),
                new LifeEvent.ActivityRecorded(
                        LEAD, BY, "a", "call", "https://crm.example.org/a", TEXT, TEXT),
                new LifeEvent.EraseRequested(LEAD, BY, "hand", true),
                new LifeEvent.EraseWithdrawn(LEAD, BY, NOON, "because"),
                new LifeEvent.ConsentWithdrawn(LEAD, BY, List.of("sms"), "phone", "asked"),
                new LifeEvent.Erased(LEAD, BY, "hand"),
                // of a correction no other time is told than when it was asked for
                new LifeEvent.Corrected(
                        LEAD,
                        BY.at(NOON),
                        "s",
                        Map.of("city", TEXT),
                        Map.of("city", TEXT),
                        2,
                        "plan"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsPublishedIsReadBack(LeadEvent event) {
        assertThat(LeadReader.read(LeadPublisher.publish(event, META))).isEqualTo(event);
    }

    @Test
    void everyEventOfALifeIsCovered() {
        var covered = life(new FactNote("f", "x", null, null, null, null, null, NOON));
        assertThat(covered.map(Object::getClass))
                .containsExactlyInAnyOrder(LifeEvent.class.getPermittedSubclasses());
    }
}
