package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.Pii;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

    @Test
    void whatIsSealedOpens() {
        assertThat(PersonalData.opened(PersonalData.of("Zoë \u0000 日本")))
                .isEqualTo("Zoë \u0000 日本");
    }

    @Test
    void opensAgainAndAgain() {
        var sealed = PersonalData.of("twice");

        assertThat(PersonalData.opened(sealed)).isEqualTo("twice");
        assertThat(PersonalData.opened(sealed)).isEqualTo("twice");
    }

    @Test
    void nothingStaysNothing() {
        assertThat(PersonalData.ofNullable(null)).isNull();
        assertThat(PersonalData.open(null)).isNull();
        assertThat(PersonalData.open(PersonalData.ofNullable(""))).isEmpty();
    }

    @Test
    void unknownAlgorithmIsNotGuessedAt() {
        var sealed = new Pii("aes-256-gcm", "key-1", ByteBuffer.wrap(new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> PersonalData.open(sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("aes-256-gcm");
    }
}
