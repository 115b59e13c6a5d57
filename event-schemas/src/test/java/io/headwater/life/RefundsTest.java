package io.headwater.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RefundsTest {

    private static final Map<String, Long> NONE = Map.of();

    @Test
    void ofWhatIsToldBothWaysTheLargerCounts() {
        var told = Map.of("pi>re1", 30L, "pi>re2", 20L);

        assertThat(new Refunds(told, NONE, NONE).sum()).isEqualTo(50);
        assertThat(new Refunds(NONE, NONE, Map.of("pi", 50L)).sum()).isEqualTo(50);
        assertThat(new Refunds(told, NONE, Map.of("pi", 50L)).sum()).isEqualTo(50);
        assertThat(new Refunds(told, NONE, Map.of("pi", 60L)).sum()).isEqualTo(60);
        assertThat(new Refunds(told, NONE, Map.of("other", 60L)).sum()).isEqualTo(110);
    }

    @Test
    void whatFailedDidNotHappen() {
        var failed = Map.of("pi>re2", 20L);

        assertThat(new Refunds(Map.of("pi>re1", 30L, "pi>re2", 20L), failed, NONE).sum())
                .isEqualTo(30);
        assertThat(new Refunds(NONE, failed, Map.of("pi", 50L)).sum()).isEqualTo(30);
        assertThat(new Refunds(NONE, failed, Map.of("pi", 10L)).sum()).isZero();
        assertThat(new Refunds(NONE, failed, NONE).sum()).isZero();
    }
}
