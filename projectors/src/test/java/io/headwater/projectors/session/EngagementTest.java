package io.headwater.projectors.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngagementTest {

    @Test
    void publishedExamplesComeOutExactly() {
        assertThat(Engagement.score(5, 0, 0, 0)).isZero();
        assertThat(Engagement.score(60, 50, 3, 0)).isEqualTo(24);
        assertThat(Engagement.score(180, 80, 10, 0)).isEqualTo(52);
        assertThat(Engagement.score(300, 100, 15, 2)).isEqualTo(85);
        assertThat(Engagement.label(0)).isEqualTo("Cold");
        assertThat(Engagement.label(24)).isEqualTo("Warm");
        assertThat(Engagement.label(52)).isEqualTo("Hot");
        assertThat(Engagement.label(85)).isEqualTo("Very Hot");
    }

    @Test
    void labelsChangeAfterTwentyFortyFiveAndSeventy() {
        assertThat(Engagement.label(20)).isEqualTo("Cold");
        assertThat(Engagement.label(21)).isEqualTo("Warm");
        assertThat(Engagement.label(45)).isEqualTo("Warm");
        assertThat(Engagement.label(46)).isEqualTo("Hot");
        assertThat(Engagement.label(70)).isEqualTo("Hot");
        assertThat(Engagement.label(71)).isEqualTo("Very Hot");
    }

    @Test
    void everyPartIsCapped() {
        assertThat(Engagement.score(Long.MAX_VALUE, 0, 0, 0)).isEqualTo(35);
        assertThat(Engagement.score(0, 1_000, 0, 0)).isEqualTo(30);
        assertThat(Engagement.score(0, 0, Integer.MAX_VALUE, 0)).isEqualTo(20);
        assertThat(Engagement.score(0, 0, 0, Integer.MAX_VALUE)).isEqualTo(15);
        assertThat(Engagement.score(-5, -1, -1, -1)).isZero();
    }

    @Test
    void partsOfPointsAddUpBeforeTheyAreCut() {
        // 0.5 of the duration and 0.5 of the scroll depth make one point.
        assertThat(Engagement.score(5, 5.0 / 3, 0, 0)).isEqualTo(1);
    }
}
