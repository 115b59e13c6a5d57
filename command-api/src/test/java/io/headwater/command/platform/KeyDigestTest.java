package io.headwater.command.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class KeyDigestTest {

    /// source: FIPS 180-2, appendix B.1
    private static final String OF_ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void knowsTheKeyAgain() {
        assertThat(KeyDigest.of("abc")).isEqualTo(OF_ABC);
        assertThat(KeyDigest.matches(OF_ABC, "abc")).isTrue();
        assertThat(KeyDigest.matches(OF_ABC, "abcd")).isFalse();
        assertThat(KeyDigest.bytes(OF_ABC)).isEqualTo(Sha256.of(new byte[] {'a', 'b', 'c'}));
    }

    @Test
    void opensNothingItself() {
        assertThat(KeyDigest.matches(OF_ABC, OF_ABC)).isFalse();
    }

    @Test
    void isToldFromASecret() {
        assertThat(KeyDigest.is(OF_ABC)).isTrue();
        assertThat(KeyDigest.is(OF_ABC.substring(1))).isFalse();
        assertThat(KeyDigest.is(OF_ABC.toUpperCase(Locale.ROOT))).isFalse();
        assertThat(KeyDigest.is("whsec_1")).isFalse();
    }
}
