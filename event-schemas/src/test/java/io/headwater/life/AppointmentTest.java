package io.headwater.life;

import static io.headwater.life.Notes.appointment;
import static io.headwater.life.Notes.inEveryOrder;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppointmentTest {

    /// As Calendly tells a reschedule: the old one is canceled, the new one names it.
    private static final List<FactNote> CHAIN =
            List.of(
                    appointment("1", "booked", "a", null, 1),
                    appointment("2", "canceled", "a", null, 5),
                    appointment("3", "booked", "b", "a", 5),
                    appointment("4", "canceled", "b", null, 9),
                    appointment("5", "booked", "c", "b", 9),
                    appointment("6", "shown", "c", null, 60));

    private static Appointment only(List<FactNote> facts) {
        var all = Appointment.of(facts);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void chainOfReschedulesIsOneAppointmentInEveryOrder() {
        var seen = new HashSet<Appointment>();
        inEveryOrder(CHAIN, facts -> seen.add(only(facts)));
        assertThat(seen).hasSize(1);
        var appointment = seen.iterator().next();
        assertThat(appointment.ref()).isEqualTo("a");
        assertThat(appointment.currentRef()).isEqualTo("c");
        assertThat(appointment.status()).isEqualTo("shown");
    }

    @Test
    void missingMiddleMakesTwoUntilItArrives() {
        var without = List.of(CHAIN.get(0), CHAIN.get(4));
        assertThat(Appointment.of(without)).extracting(Appointment::ref).containsExactly("a", "b");
        assertThat(only(List.of(CHAIN.get(0), CHAIN.get(4), CHAIN.get(2))).ref()).isEqualTo("a");
    }

    @Test
    void bookingBeforeOurTimeIsTheRoot() {
        assertThat(only(List.of(CHAIN.get(2))).ref()).isEqualTo("a");
        assertThat(only(List.of(CHAIN.get(2))).status()).isEqualTo("booked");
    }

    @Test
    void noShowCanBeWithdrawnAndTheLaterCounts() {
        var booked = appointment("1", "booked", "a", null, 1);
        var missed = appointment("2", "no_show", "a", null, 10);
        var withdrawn = appointment("3", "no_show_withdrawn", "a", null, 11);
        var missedAgain = appointment("4", "no_show", "a", null, 12);
        assertThat(only(List.of(missed, booked)).status()).isEqualTo("no_show");
        assertThat(only(List.of(withdrawn, missed, booked)).status()).isEqualTo("booked");
        assertThat(only(List.of(missedAgain, withdrawn, missed, booked)).status())
                .isEqualTo("no_show");
    }

    @Test
    void ringsAndSelfReferencesEnd() {
        var ring =
                List.of(
                        appointment("1", "booked", "a", "b", 1),
                        appointment("2", "booked", "b", "a", 2));
        assertThat(only(ring).currentRef()).isEqualTo("b");
        assertThat(only(List.of(appointment("1", "booked", "a", "a", 1))).ref()).isEqualTo("a");
    }

    @Test
    void twoPeopleWithTwoAppointmentsHaveTwo() {
        assertThat(
                        Appointment.of(
                                List.of(
                                        appointment("1", "booked", "a", null, 1),
                                        appointment("2", "booked", "b", null, 1))))
                .hasSize(2);
    }
}
