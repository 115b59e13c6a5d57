package io.headwater.command.access.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @Test
    void aSiteIdReadsLikeTheName() {
        assertThat(Names.siteId("Zoë's Café")).isEqualTo("zoe-s-cafe");
        assertThat(Names.siteId("x".repeat(50))).hasSize(40);
        assertThat(Names.siteId("-")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "a-site-whose-name-is-as-long-as-it-may-be"})
    void anotherOfTheSameNameIsASiteIdToo(String siteId) {
        assertThat(Names.uniqueSiteId(siteId))
                .matches(Names.SITE_ID)
                .matches(".+-[0-9a-f]{6}")
                .isNotEqualTo(Names.uniqueSiteId(siteId));
    }
}
