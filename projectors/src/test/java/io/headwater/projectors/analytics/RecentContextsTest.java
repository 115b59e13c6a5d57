package io.headwater.projectors.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.Events;
import io.headwater.state.SessionContext;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentContextsTest {

    private static final SessionContext SMALL =
            SessionContexts.fold(null, Events.viewed("s", 1, "/a"));
    private static final SessionContext LARGE =
            SessionContexts.withPages(
                    SMALL, IntStream.range(0, 200).mapToObj(page -> "/" + page).toList());

    @Test
    void weightIsTheBoundNotTheCount() {
        long each = RecentContexts.weight("s0", SMALL);
        var recent = new RecentContexts(10 * each);

        IntStream.range(0, 10).forEach(i -> recent.put("s" + i, SMALL));
        assertThat(recent.size()).isEqualTo(10);
        recent.get("s0");
        recent.put("s9", LARGE);

        assertThat(RecentContexts.weight("s9", LARGE)).isGreaterThan(9 * each);
        assertThat(recent.size()).isLessThan(10);
        assertThat(recent.get("s1")).isNull();
    }

    @Test
    void whatGrowsPastTheBoundAloneIsNotKept() {
        var recent = new RecentContexts(RecentContexts.weight("s", SMALL));

        recent.put("s", SMALL);
        assertThat(recent.get("s")).isSameAs(SMALL);
        recent.put("s", LARGE);
        assertThat(recent.size()).isZero();
        recent.put("s", SMALL);
        assertThat(recent.get("s")).isSameAs(SMALL);
    }
}
