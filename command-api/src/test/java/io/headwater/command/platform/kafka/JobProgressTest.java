package io.headwater.command.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobProgressTest {

    private final JobProgress progress = new JobProgress(10);

    @Test
    void comesAsFarAsTheOldestOpenJob() {
        progress.begin(10);
        progress.begin(11);
        progress.begin(13);

        progress.end(11);
        assertThat(progress.reached()).isEqualTo(10);
        assertThat(progress.isAhead()).isFalse();

        progress.end(10);
        assertThat(progress.reached()).isEqualTo(13);
        assertThat(progress.isAhead()).isTrue();

        progress.end(13);
        assertThat(progress.reached()).isEqualTo(14);
        assertThat(progress.open()).isZero();
    }

    @Test
    void isCommittedOnce() {
        progress.begin(10);
        progress.end(10);

        progress.committed(progress.reached());

        assertThat(progress.isAhead()).isFalse();
    }
}
