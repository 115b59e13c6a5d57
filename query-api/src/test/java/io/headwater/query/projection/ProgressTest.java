package io.headwater.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void whatKafkaForgotDoesNotCount() {
        assertThat(Progress.of(400, 1_000, 150, 100.0))
                .isEqualTo(new Progress(450, 600, 100.0, 2L));
    }

    @Test
    void aPartOfASecondIsASecond() {
        assertThat(Progress.of(0, 10, 1, 1_000.0).etaSeconds()).isEqualTo(1);
    }

    @Test
    void nobodyKnowsWhenWhatStandsStillIsDone() {
        assertThat(Progress.of(0, 10, 4, null).etaSeconds()).isNull();
        assertThat(Progress.of(0, 10, 4, 0.0).etaSeconds()).isNull();
    }

    @Test
    void whatIsReadIsDoneNowHoweverFast() {
        assertThat(Progress.of(0, 10, 0, null)).isEqualTo(new Progress(10, 10, null, 0L));
    }

    @Test
    void sumsThatWereTakenAtDifferentMomentsStayWithinTheBounds() {
        assertThat(Progress.of(0, 10, 12, null).done()).isZero();
        assertThat(Progress.of(10, 0, 3, null)).isEqualTo(new Progress(0, 0, null, 0L));
    }
}
