package io.headwater.command.lead;

import static io.headwater.life.Notes.appointment;
import static io.headwater.life.Notes.at;
import static io.headwater.life.Notes.inEveryOrder;
import static io.headwater.life.Notes.money;
import static io.headwater.schema.SampleEvents.LEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.lead.life.LifeProblem;
import io.headwater.command.lead.life.Pipeline;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.Stage;
import io.headwater.life.Appointment;
import io.headwater.life.FactNote;
import io.headwater.life.Facts;
import io.headwater.schema.PersonalData;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules about a lead, without Axon and Kafka.
class LeadLifeTest {

    private static final LeadAction.Win WIN = new LeadAction.Win(5000L, "EUR", "deal");
    private static final LeadAction.Lose LOSE = new LeadAction.Lose("price", null);
    private static final LeadAction.GiveBack BACK = new LeadAction.GiveBack("fraud", null);
    private static final LeadAction.Reopen REOPEN = new LeadAction.Reopen(null, null);

    private int minute = 100;
    private Pipeline pipeline = Pipeline.STANDARD;
    private LeadLife life = LeadLife.start("new");

    private LifeCase question() {
        minute++;
        return new LifeCase(
                LEAD, life, new By("c" + minute, at(minute), at(minute), "user:zoe"), pipeline);
    }

    private List<LifeEvent> when(LeadAction action) {
        var events = LifeRules.decide(question(), action);
        for (var event : events) {
            life = life.on(event);
        }
        return events;
    }

    private void given(LeadAction... actions) {
        for (var action : actions) {
            when(action);
        }
    }

    private static LeadAction move(String stage) {
        return new LeadAction.Move(stage, null);
    }

    private static LeadAction appoint(String change, String ref) {
        return new LeadAction.Appoint(change, ref, null, null, null);
    }

    private static LeadAction refund(String ref, long amount) {
        return new LeadAction.Refund(ref, amount, "EUR");
    }

    static Stream<Arguments> illegal() {
        return Stream.of(
                refusal(LifeProblem.STAGE_UNKNOWN, move("nowhere")),
                refusal(LifeProblem.LOST_LEAD_CANNOT_BE_WON, LOSE, WIN),
                refusal(LifeProblem.LOST_LEAD_CANNOT_BE_WON, LOSE, move("won")),
                refusal(LifeProblem.LOST_LEAD_CANNOT_MOVE, LOSE, move("qualified")),
                refusal(LifeProblem.ALREADY_LOST, LOSE, LOSE),
                refusal(LifeProblem.ALREADY_WON, WIN, WIN),
                refusal(LifeProblem.ALREADY_WON, move("won"), move("won")),
                refusal(LifeProblem.WON_LEAD_CANNOT_MOVE, WIN, move("new")),
                refusal(LifeProblem.WON_LEAD_CANNOT_BE_LOST, WIN, LOSE),
                refusal(LifeProblem.WON_LEAD_CANNOT_BE_RETURNED, WIN, BACK),
                refusal(LifeProblem.ALREADY_RETURNED, BACK, BACK),
                refusal(LifeProblem.RETURNED_LEAD_CANNOT_MOVE, BACK, move("new")),
                refusal(LifeProblem.RETURNED_LEAD_CANNOT_BE_WON, BACK, WIN),
                refusal(LifeProblem.RETURNED_LEAD_CANNOT_BE_LOST, BACK, LOSE),
                refusal(LifeProblem.LEAD_NOT_CLOSED, REOPEN),
                refusal(LifeProblem.STAGE_UNKNOWN, LOSE, new LeadAction.Reopen("won", null)),
                refusal(LifeProblem.LEAD_CLOSED, LOSE, appoint("booked", "a")),
                refusal(LifeProblem.LEAD_CLOSED, LOSE, new LeadAction.Quote("q", 1, "EUR")),
                refusal(
                        LifeProblem.APPOINTMENT_EXISTS,
                        appoint("booked", "a"),
                        appoint("booked", "a")),
                refusal(LifeProblem.APPOINTMENT_UNKNOWN, appoint("shown", "a")),
                refusal(
                        LifeProblem.APPOINTMENT_REPLACED,
                        appoint("booked", "a"),
                        new LeadAction.Appoint("rescheduled", "a", "b", null, null),
                        appoint("shown", "a")),
                refusal(
                        LifeProblem.ILLEGAL_APPOINTMENT_CHANGE,
                        appoint("booked", "a"),
                        appoint("cancelled", "a"),
                        appoint("shown", "a")),
                refusal(
                        LifeProblem.ILLEGAL_APPOINTMENT_CHANGE,
                        appoint("booked", "a"),
                        appoint("no_show_withdrawn", "a")),
                refusal(
                        LifeProblem.QUOTE_EXISTS,
                        new LeadAction.Quote("q", 1, "EUR"),
                        new LeadAction.Quote("q", 2, "EUR")),
                refusal(LifeProblem.REFUND_EXCEEDS_REVENUE, refund("r", 1)),
                refusal(LifeProblem.REFUND_EXCEEDS_REVENUE, WIN, refund("r", 5001)),
                refusal(LifeProblem.REFUND_EXISTS, WIN, refund("r", 1), refund("r", 1)),
                refusal(LifeProblem.REFUND_UNKNOWN, WIN, new LeadAction.ReverseRefund("r")),
                refusal(
                        LifeProblem.REFUND_ALREADY_REVERSED,
                        WIN,
                        refund("r", 1),
                        new LeadAction.ReverseRefund("r"),
                        new LeadAction.ReverseRefund("r")),
                refusal(LifeProblem.LEAD_MERGED, new LeadAction.Merge("main_b", null), LOSE));
    }

    private static Arguments refusal(LifeProblem problem, LeadAction... actions) {
        return Arguments.of(problem, List.of(actions));
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void ruleSaysNoByItsName(LifeProblem problem, List<LeadAction> actions) {
        actions.subList(0, actions.size() - 1).forEach(this::given);
        var before = life;

        assertThatThrownBy(() -> when(actions.getLast()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(problem.code());
                            assertThat(refused.detail()).endsWith(".");
                        });
        assertThat(life).isEqualTo(before);
    }

    @Test
    void winIsAnEventAndAMove() {
        var events = when(WIN);
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Won", "StageChanged");
        assertThat(life.stage()).isEqualTo("won");
        assertThat(life.decided().stage()).isEqualTo("won");
    }

    @Test
    void lostLeadIsReopenedAndThenWon() {
        given(LOSE, REOPEN);
        assertThat(life.stage()).isEqualTo("new");
        given(WIN);
        assertThat(life.stage()).isEqualTo("won");
    }

    @Test
    void secondStageOfKindWonIsASecondWin() {
        pipeline =
                new Pipeline(
                        List.of(
                                new Stage("new", "New", Stage.Kind.OPEN),
                                new Stage("sold", "Sold", Stage.Kind.WON),
                                new Stage("paid", "Paid", Stage.Kind.WON)));
        given(move("paid"));
        assertThat(life.stage()).isEqualTo("paid");
        assertThatThrownBy(() -> when(move("sold"))).hasMessage("The lead was won already.");
    }

    @Test
    void appointmentOlderThanAllThatIsKeptIsNoFault() {
        for (int i = 0; i < Facts.MOST; i++) {
            life = life.noticed(money("p" + i, "dispute_opened", "d" + i, 1, 50));
        }
        assertThat(follow(appointment("old", "booked", "a", null, 1))).isEmpty();
    }

    @Test
    void winThatIsTakenBackIsNoMoneyAnyMore() {
        given(WIN, REOPEN);
        assertThat(life.facts().of(FactNote.WON)).isEmpty();
        given(WIN, refund("r", 5000));
        assertThat(life.facts().of(FactNote.WON)).hasSize(1);
    }

    @Test
    void reopenTakesBackTheWinOfALeadItStandsFor() {
        given(new LeadAction.Absorb("other", List.of(money("w", FactNote.WON, "deal", 900, 1))));
        assertThat(life.facts().of(FactNote.WON)).hasSize(1);

        given(REOPEN);

        assertThat(life.stage()).isEqualTo("new");
        assertThat(life.facts().of(FactNote.WON)).isEmpty();
    }

    @Test
    void leadThatPaidCanBeWonByHandOnce() {
        life = life.noticed(money("p", FactNote.PAYMENT, "pi", 5000, 1));
        given(new LeadAction.Note(PersonalData.of("paid")));
        given(WIN);
        assertThatThrownBy(() -> when(WIN)).hasMessage("The lead was won already.");
    }

    @Test
    void nothingNewIsNoEvent() {
        given(new LeadAction.Assign("zoe", "north"), new LeadAction.Link("crm", "17", null));
        assertThat(when(new LeadAction.Assign("zoe", "north"))).isEmpty();
        assertThat(when(new LeadAction.Link("crm", "17", null))).isEmpty();
        assertThat(when(move("new"))).isEmpty();
        given(new LeadAction.Erase("hand", false));
        assertThat(when(new LeadAction.Erase("hand", false))).isEmpty();
    }

    @Test
    void firstContactIsTheEarliestWhateverIsToldFirst() {
        given(new LeadAction.Contact("call", false));
        var first = life.firstContactAt();
        var earlier = new By("c", at(200), at(5), "user:zoe");
        var contact = new LeadAction.Contact("call", true);
        for (var event :
                LifeRules.decide(new LifeCase(LEAD, life, earlier, Pipeline.STANDARD), contact)) {
            life = life.on(event);
        }
        assertThat(life.contacts()).isEqualTo(2);
        assertThat(life.firstContactAt()).isEqualTo(at(5)).isBefore(first);
    }

    @Test
    void bookingIsMovedByHandUnderTheSameRefAndUnderANewOne() {
        given(appoint("booked", "a"));
        given(new LeadAction.Appoint("rescheduled", "a", null, at(999), null));
        assertThat(Appointment.of(life.facts().notes()).getFirst().startsAt()).isEqualTo(at(999));
        given(new LeadAction.Appoint("rescheduled", "a", "b", at(1_999), null));
        given(appoint("no_show", "b"), appoint("no_show_withdrawn", "b"), appoint("shown", "b"));
        assertThat(Appointment.of(life.facts().notes()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.ref()).isEqualTo("a");
                    assertThat(one.currentRef()).isEqualTo("b");
                    assertThat(one.status()).isEqualTo("shown");
                    assertThat(one.startsAt()).isEqualTo(at(1_999));
                });
        assertThat(life.stage()).isEqualTo("shown");
    }

    @Test
    void chainsThatTurnOutToBeOneSaySo() {
        follow(appointment("1", "booked", "a", null, 1));
        follow(appointment("3", "booked", "c", "b", 3));
        var joined =
                (LifeEvent.AppointmentChanged)
                        follow(appointment("2", "booked", "b", "a", 2)).getFirst();
        assertThat(joined.appointmentRef()).isEqualTo("a");
        assertThat(joined.currentRef()).isEqualTo("c");
        assertThat(joined.replacedRefs()).containsExactly("b");
    }

    private List<LifeEvent> follow(FactNote note) {
        var by = new By("fact", at(500), note.at(), "provider:x");
        var events = new LifeCase(LEAD, life, by, Pipeline.STANDARD).follows(note);
        life = life.noticed(note);
        for (var event : events) {
            life = life.on(event);
        }
        return events;
    }

    private static final List<FactNote> FACTS =
            List.of(
                    appointment("1", "booked", "a", null, 1),
                    appointment("2", "canceled", "a", null, 5),
                    appointment("3", "booked", "b", "a", 5),
                    appointment("4", "shown", "b", null, 60),
                    money("5", FactNote.PAYMENT, "pi", 5000, 150),
                    money("6", "payment_refunded", "pi", 5000, 160));

    static Stream<List<LeadAction>> decisions() {
        return Stream.of(
                List.of(),
                List.of(move("qualified")),
                List.of(LOSE),
                List.of(BACK),
                List.of(WIN),
                List.of(LOSE, REOPEN));
    }

    /// How many facts can be known at the decision: those told before the first later one.
    private static int known(List<FactNote> order) {
        return (int) order.stream().takeWhile(note -> note.at().isBefore(at(100))).count();
    }

    /// By hand at minute 101 and 102: two facts are later, four are earlier and may come late.
    @ParameterizedTest
    @MethodSource("decisions")
    void wholeStateIsTheSameForEveryOrderOfFacts(List<LeadAction> byHand) {
        var states = new HashSet<LeadLife>();
        inEveryOrder(
                FACTS,
                order -> {
                    for (int before = 0; before <= known(order); before++) {
                        life = LeadLife.start("new");
                        minute = 100;
                        order.subList(0, before).forEach(this::follow);
                        byHand.forEach(this::given);
                        order.subList(before, order.size()).forEach(this::follow);
                        states.add(life);
                    }
                });
        assertThat(states).hasSize(1);
    }
}
