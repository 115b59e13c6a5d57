package io.headwater.query.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.access.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final Caller ADMIN = new Caller(Role.ADMIN);
    private static final LiveEvent LEAD = new LiveEvent("lead", "1", "a", "{}", true);
    private static final LiveEvent COUNTERS = new LiveEvent("counters", null, null, "{}", false);

    @Test
    void aSlowClientIsCutOffWhenItsQueueIsFull() throws InterruptedException {
        var subscription = new Subscription(ADMIN, 2);

        assertThat(subscription.offer(LEAD)).isTrue();
        assertThat(subscription.offer(LEAD)).isTrue();
        assertThat(subscription.offer(LEAD)).isFalse();
        assertThat(subscription.isOpen()).isFalse();
        assertThat(subscription.next(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void marketingNeverGetsWhatIsForAdmins() throws InterruptedException {
        var subscription = new Subscription(new Caller(Role.MARKETING), 2);

        assertThat(subscription.offer(LEAD)).isTrue();
        assertThat(subscription.offer(COUNTERS)).isTrue();

        assertThat(subscription.next(Duration.ofMinutes(1))).contains(COUNTERS);
        assertThat(subscription.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void theHubForgetsWhoIsTooSlow() {
        var hub = new LiveHub(new LiveSettings(Duration.ofSeconds(15), 1, 10));
        hub.subscribe(ADMIN);

        hub.tell(LEAD);
        assertThat(hub.isHeard()).isTrue();
        hub.tell(LEAD);
        assertThat(hub.isHeard()).isFalse();
    }

    @Test
    void eventsAreWrittenAsTheStandardWants() {
        assertThat(LEAD.text()).isEqualTo("id: 1\nevent: lead\ndata: {}\n\n");
        assertThat(COUNTERS.text()).isEqualTo("event: counters\ndata: {}\n\n");
    }
}
