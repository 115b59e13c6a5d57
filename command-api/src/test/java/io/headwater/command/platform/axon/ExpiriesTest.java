package io.headwater.command.platform.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class ExpiriesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");

    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final ArrayList<String> forgotten = new ArrayList<>();
    private final Expiries expiries = expiries();

    private Expiries expiries() {
        var index =
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore("expiries"),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled()
                        .withCachingDisabled()
                        .build();
        index.init(context.getStateStoreContext(), index);
        return new Expiries(context, index, (kind, key, _) -> forgotten.add(kind + "/" + key));
    }

    private void walk(Instant now) {
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(now.toEpochMilli());
    }

    @Test
    void forgetsWhatIsDueInOrderOfTime() {
        expiries.at(NOW.minusSeconds(1), "result", "b|c");
        expiries.at(NOW.minusSeconds(2), "delivery", "a");
        expiries.at(NOW.plusSeconds(1), "result", "later");

        walk(NOW);
        walk(NOW);

        assertThat(forgotten).containsExactly("delivery/a", "result/b|c");
    }

    @Test
    void keepsUpWithAsManyASecondAsOneWalkMayForget() {
        for (int i = 0; i < 2 * Expiries.AT_ONCE + 1; i++) {
            expiries.at(NOW.minusSeconds(10), "result", String.valueOf(i));
        }
        var schedule = context.scheduledPunctuators().getFirst();

        assertThat(schedule.getType()).isEqualTo(PunctuationType.STREAM_TIME);
        assertThat(schedule.getInterval()).hasSeconds(1);
        walk(NOW);
        assertThat(forgotten).hasSize(Expiries.AT_ONCE);
        walk(NOW.plusSeconds(1));
        walk(NOW.plusSeconds(2));
        assertThat(forgotten).hasSize(2 * Expiries.AT_ONCE + 1).doesNotHaveDuplicates();
    }
}
