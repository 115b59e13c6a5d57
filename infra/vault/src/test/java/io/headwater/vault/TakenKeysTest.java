package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TakenKeysTest {

    private static final Duration LIFE = Duration.ofSeconds(60);

    private final AtomicLong now = new AtomicLong();
    private final TakenKeys taken = new TakenKeys(3, LIFE, now::get);

    @Test
    void keysThatWereNeverUsedAreFoundUntilThereAreTooMany() throws Exception {
        for (String kid : List.of("a", "b", "c", "d")) {
            taken.add(key(kid));
        }
        assertThat(taken.find("a")).isNull();
        assertThat(taken.find("b")).isNotNull();
        assertThat(taken.find("d")).isNotNull();
    }

    @Test
    void noneIsKnownLongerThanKeysMayBeRemembered() throws Exception {
        taken.add(key("a"));
        now.addAndGet(LIFE.toNanos() - 1);
        assertThat(taken.find("a")).isNotNull();
        now.incrementAndGet();
        assertThat(taken.find("a")).isNull();
    }

    @Test
    void whatWasErasedIsForgottenAtOnce() throws Exception {
        taken.add(key("a"));
        taken.add(key("b"));
        taken.forget(List.of("a"));
        assertThat(taken.find("a")).isNull();
        assertThat(taken.find("b")).isNotNull();
    }

    private static DataKey key(String kid) throws Exception {
        return new DataKey(kid, new byte[DataKey.BYTES]);
    }
}
