package io.headwater.command.lead.life;

import static io.headwater.life.Notes.appointment;
import static io.headwater.life.Notes.at;
import static io.headwater.life.Notes.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.directory.Stage;
import io.headwater.life.FactNote;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {

    private static final StageDecision START = StageDecision.start("new");

    private static String stage(StageDecision decided, FactNote... facts) {
        return Standing.of(decided, List.of(facts), Pipeline.STANDARD).stage();
    }

    @ParameterizedTest
    @CsvSource({
        "appointment_requested, appointment",
        "appointment_booked, appointment",
        "appointment_rescheduled, appointment",
        "appointment_canceled, appointment",
        "appointment_no_show, appointment",
        "appointment_no_show_withdrawn, appointment",
        "appointment_shown, shown",
        "payment_succeeded, won",
        "payment_refunded, new",
        "dispute_opened, new",
        "unsubscribed, new"
    })
    void factImplies(String kind, String stage) {
        assertThat(stage(START, new FactNote("f", kind, "r", null, null, null, null, at(1))))
                .isEqualTo(stage);
    }

    @Test
    void furthestFactCounts() {
        assertThat(
                        stage(
                                START,
                                money("p", FactNote.PAYMENT, "pi", 1, 1),
                                appointment("a", "shown", "r", null, 2)))
                .isEqualTo("won");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOST", "RETURNED"})
    void factsTakeNoLeadOutOfItsEnd(Stage.Kind end) {
        var decided = new StageDecision(end.word(), end, at(0));
        assertThat(
                        stage(
                                decided,
                                money("p", FactNote.PAYMENT, "pi", 1, 1),
                                appointment("a", "shown", "r", null, 2)))
                .isEqualTo(end.word());
    }

    @Test
    void factsMoveNoLeadBackwards() {
        var quoted = new StageDecision("quoted", Stage.Kind.QUOTED, at(0));
        assertThat(stage(quoted, appointment("a", "booked", "r", null, 5))).isEqualTo("quoted");
    }

    @Test
    void decisionByHandStandsAgainstOlderFacts() {
        var back = new StageDecision("qualified", Stage.Kind.OPEN, at(10));
        assertThat(stage(back, appointment("a", "booked", "r", null, 10))).isEqualTo("qualified");
        assertThat(stage(back, appointment("a", "booked", "r", null, 11))).isEqualTo("appointment");
    }

    @Test
    void ownStagesOfASiteCount() {
        var pipeline =
                new Pipeline(
                        List.of(
                                new Stage("inbox", "Inbox", Stage.Kind.OPEN),
                                new Stage("visit", "Visit", Stage.Kind.APPOINTMENT),
                                new Stage("contract", "Contract", Stage.Kind.WON)));
        var start = StageDecision.start("inbox");
        // no stage for it: at least an appointment
        assertThat(Standing.of(start, List.of(appointment("a", "shown", "r", null, 1)), pipeline))
                .isEqualTo(new Standing("visit", Stage.Kind.APPOINTMENT, "appointment"));
        assertThat(
                        Standing.of(
                                        start,
                                        List.of(money("q", FactNote.QUOTED, "q", 1, 1)),
                                        pipeline)
                                .stage())
                .isEqualTo("inbox");
    }

    @Test
    void pipelineOfACommandNeverFails() {
        var odd =
                List.of(
                        new io.headwater.events.Stage("a", "A", "open"),
                        new io.headwater.events.Stage("a", "again", "won"),
                        new io.headwater.events.Stage("b", "B", "nonsense"));
        assertThat(Pipeline.of(odd).stages())
                .containsExactly(
                        new Stage("a", "A", Stage.Kind.OPEN), new Stage("b", "B", Stage.Kind.OPEN));
        assertThat(Pipeline.of(List.of())).isEqualTo(Pipeline.STANDARD);
    }
}
