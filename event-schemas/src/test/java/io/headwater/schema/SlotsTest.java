package io.headwater.schema;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {

    @Test
    void visitorAndItsSessionsShareASlot() {
        var random = new SplittableRandom(7);

        for (int i = 0; i < 1_000; i++) {
            String visitor = "visitor-" + i;
            String session = Slots.newSessionId(visitor, NOON, random);

            assertThat(Slots.slotOfSession(session)).isEqualTo(Slots.slotOfVisitor(visitor));
        }
    }

    @Test
    void sessionIdIsAUuidOfVersionEightWithItsDate() {
        String session = Slots.newSessionId("v", NOON, new SplittableRandom(1));

        var uuid = UUID.fromString(session);
        assertThat(uuid.version()).isEqualTo(8);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(Slots.createdAt(session)).contains(NOON);
    }

    @Test
    void datesFarAwaySurvive() {
        var far = Instant.parse("9999-12-31T23:59:59.999Z");

        assertThat(Slots.createdAt(Slots.newSessionId("v", far, () -> -1))).contains(far);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "3b241101-e2bb-4255-8caf-4136c566a962",
                "zzzzzzzz-zzzz-8zzz-zzzz-zzzzzzzzzzzz",
                "ünï\u0000"
            })
    void idsMadeElsewhereHaveASlotAndNoDate(String foreign) {
        assertThat(Slots.slotOfSession(foreign)).isBetween(0, Slots.COUNT - 1);
        assertThat(Slots.slotOfSession(foreign)).isEqualTo(Slots.slotOfSession(foreign));
        assertThat(Slots.createdAt(foreign)).isEmpty();
    }

    /// Where a visitor's records are is part of the contract: this must never change.
    @Test
    void slotsAreForEver() {
        assertThat(Slots.slotOfVisitor(SampleEvents.VISITOR)).isEqualTo(1652);
        assertThat(Slots.slotOfVisitor("")).isEqualTo(2265);
        assertThat(Slots.partition(4_095, 4)).isEqualTo(3);
    }

    @Test
    void visitorsSpreadOverPartitions() {
        var counts = new int[4];

        IntStream.range(0, 10_000)
                .forEach(i -> counts[Slots.partition(Slots.slotOfVisitor("v" + i), 4)]++);

        for (int count : counts) {
            assertThat(count).isBetween(2_300, 2_700);
        }
    }
}
