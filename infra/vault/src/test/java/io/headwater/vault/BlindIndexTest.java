package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlindIndexTest {

    private final List<String> asked = new ArrayList<>();
    private final BlindIndex index =
            new BlindIndex(site -> {
                asked.add(site);
                return key(site.hashCode());
            });

    private static DataKey key(int seed) {
        try {
            byte[] material = new byte[DataKey.BYTES];
            material[0] = (byte) seed;
            return new DataKey("k", material);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// RFC 4231, test case 6, has a longer key; this one was made with `openssl dgst -mac HMAC`.
    @Test
    void isHmacSha256() {
        var zero = new BlindIndex(_ -> key(0));

        assertThat(zero.name("lakeside", "zoe@example.org"))
                .isEqualTo("0ujcKvn_eOnJxL1DzFCyoy1hesA3HUIqGnES1z90pJU");
    }

    @Test
    void theSameIsTheSameAndOtherSitesHaveOtherNames() {
        String name = index.name("lakeside", "zoe@example.org");

        assertThat(index.name("lakeside", "zoe@example.org")).isEqualTo(name);
        assertThat(index.name("lakeside", "zoe@example.com")).isNotEqualTo(name);
        assertThat(index.name("riverside", "zoe@example.org")).isNotEqualTo(name);
        assertThat(asked).containsExactly("lakeside", "riverside");
    }
}
