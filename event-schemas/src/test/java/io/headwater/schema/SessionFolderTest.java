package io.headwater.schema;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFolderTest {

    @Test
    void dateIsThatInsideTheId() {
        var days = NOON.plus(Duration.ofDays(3));

        assertThat(SessionFolder.of(SESSION, days))
                .isEqualTo("sessions/2026/11/20/" + SESSION + "/");
    }

    @Test
    void idsMadeElsewhereGoByTheReceivedDate() {
        assertThat(SessionFolder.of("3b241101-e2bb-4255-8caf-4136c566a962", NOON))
                .isEqualTo("sessions/2026/11/20/3b241101-e2bb-4255-8caf-4136c566a962/");
    }

    @Test
    void datesThatCannotBeAreNotBelieved() {
        String future = Slots.newSessionId("v", Instant.parse("9999-01-01T00:00:00Z"), () -> 1);
        String past = Slots.newSessionId("v", Instant.EPOCH, () -> 1);

        assertThat(SessionFolder.of(future, NOON)).startsWith("sessions/2026/11/20/");
        assertThat(SessionFolder.of(past, NOON)).startsWith("sessions/2026/11/20/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../meta", "a/b", "a\\b", "", ".", "..", "a\u0000b", "ünï", "a b"})
    void noIdReachesOutOfItsFolder(String hostile) {
        assertThat(SessionFolder.of(hostile, NOON))
                .matches("sessions/2026/11/20/[A-Za-z0-9%_+-]+/");
    }

    @Test
    void longIdsBecomeHashes() {
        assertThat(SessionFolder.of("x".repeat(5_000), NOON))
                .matches("sessions/2026/11/20/sha256-[0-9a-f]{64}/");
    }
}
