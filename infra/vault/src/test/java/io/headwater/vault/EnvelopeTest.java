package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.headwater.events.Pii;
import io.headwater.schema.PersonalData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final String VALUE = "whsec_Zoë \u0000 日本";
    private static final Place PLACE = new Place("lakeside", "source:1", "secret:a");

    private static DataKey key(String kid, int seed) throws GeneralSecurityException {
        byte[] material = new byte[DataKey.BYTES];
        material[0] = (byte) seed;
        return new DataKey(kid, material);
    }

    private static KeyState active(int seed) throws GeneralSecurityException {
        return new KeyState.Active(key("k1", seed));
    }

    @Test
    void whatIsSealedOpensWhereItStandsAndShowsNothing() throws Exception {
        var sealed = Envelope.seal(VALUE, key("k1", 1), PLACE);

        assertThat(sealed.getAlg()).isEqualTo("A256GCM");
        assertThat(sealed.getKid()).isEqualTo("k1");
        assertThat(new String(sealed.getData().array(), StandardCharsets.UTF_8))
                .doesNotContain("whsec", "Zoë");
        assertThat(Envelope.open(sealed, active(1), PLACE)).contains(VALUE);
        assertThat(Envelope.open(sealed, active(1), PLACE)).contains(VALUE);
        assertThat(Envelope.seal(VALUE, key("k1", 1), PLACE)).isNotEqualTo(sealed);
    }

    @Test
    void whatTinkItselfSealedOpens() throws Exception {
        byte[] material = new byte[DataKey.BYTES];
        material[0] = 1;
        byte[] sealed =
                new AesGcmJce(material)
                        .encrypt(VALUE.getBytes(StandardCharsets.UTF_8), PLACE.bytes(1));
        var data = ByteBuffer.allocate(1 + sealed.length).put((byte) 1).put(sealed).flip();

        assertThat(Envelope.open(new Pii("A256GCM", "k1", data), active(1), PLACE)).contains(VALUE);
    }

    @Test
    void itOpensNowhereElse() throws Exception {
        var sealed = Envelope.seal(VALUE, key("k1", 1), PLACE);
        var elsewhere =
                new Place[] {
                    new Place("lakeside", "source:1", "secret:b"),
                    new Place("lakeside", "source:2", "secret:a"),
                    new Place("riverside", "source:1", "secret:a"),
                    new Place("lakesidesource:1", "", "secret:a")
                };

        for (var place : elsewhere) {
            assertThatThrownBy(() -> Envelope.open(sealed, active(1), place))
                    .isInstanceOf(BrokenSealException.class)
                    .hasMessageContaining("k1")
                    .hasNoCause();
        }
    }

    @Test
    void anyChangedByteIsNoticed() throws Exception {
        byte[] whole = Envelope.seal(VALUE, key("k1", 1), PLACE).getData().array();

        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            var value = new Pii(Envelope.ALGORITHM, "k1", ByteBuffer.wrap(changed));
            assertThatThrownBy(() -> Envelope.open(value, active(1), PLACE))
                    .as("byte %d", at)
                    .isInstanceOf(BrokenSealException.class);
        }
        var empty = new Pii(Envelope.ALGORITHM, "k1", ByteBuffer.allocate(0));
        assertThatThrownBy(() -> Envelope.open(empty, active(1), PLACE))
                .isInstanceOf(BrokenSealException.class);
    }

    @Test
    void anotherKeyAndAnotherAlgorithmAreNotGuessedAt() throws Exception {
        var sealed = Envelope.seal(VALUE, key("k1", 1), PLACE);
        var plain = PersonalData.of(VALUE);

        assertThatThrownBy(() -> Envelope.open(sealed, active(2), PLACE))
                .isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> Envelope.open(plain, active(1), PLACE))
                .isInstanceOf(BrokenSealException.class)
                .hasMessageContaining("none");
        assertThat(Envelope.isSealed(plain)).isFalse();
        assertThat(Envelope.isSealed(sealed)).isTrue();
    }

    @Test
    void whatWasErasedIsErasedAndNoError() throws Exception {
        var sealed = Envelope.seal(VALUE, key("k1", 1), PLACE);

        assertThat(Envelope.open(sealed, new KeyState.Erased(Instant.EPOCH), PLACE)).isEmpty();
    }

    @Test
    void aKeyDoesNotShowItself() throws Exception {
        assertThat(active(1).toString()).isEqualTo("Active[key=DataKey[k1]]");
    }
}
