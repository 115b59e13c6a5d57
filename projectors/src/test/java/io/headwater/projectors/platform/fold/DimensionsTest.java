package io.headwater.projectors.platform.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DimensionsTest {

    @Test
    void pageIsThePathWithoutQueryAndFragment() {
        assertThat(Dimensions.page("https://example.org/a/b?x=1#y")).isEqualTo("/a/b");
        assertThat(Dimensions.page("https://example.org")).isEqualTo("/");
        assertThat(Dimensions.page("/a?next=https://x.example/b")).isEqualTo("/a");
        assertThat(Dimensions.page("?q=1")).isEqualTo("/");
        assertThat(Dimensions.page("/a\0b")).isEqualTo("/ab");
    }

    @Test
    void everyDimensionSaysSomethingAndFitsAnIndex() {
        assertThat(Dimensions.source(null, " ", "Newsletter ")).isEqualTo("Newsletter");
        assertThat(Dimensions.source((String) null)).isEqualTo("(direct)");
        assertThat(Dimensions.campaign("\0")).isEqualTo("(none)");
        assertThat(Dimensions.country(null)).isEqualTo("(unknown)");
        assertThat(Dimensions.device("x".repeat(9_000))).hasSize(100);
        assertThat(Dimensions.page("/" + "é".repeat(9_000))).hasSize(400);
    }

    @Test
    void noCharacterIsCutInHalves() {
        String cut = Dimensions.source("x".repeat(99) + "😀");

        assertThat(cut).isEqualTo("x".repeat(99));
    }

    @Test
    void quarterHoursStartAtTheFullQuarter() {
        assertThat(QuarterHour.of(Instant.parse("2026-11-20T12:14:59.999Z")))
                .isEqualTo("2026-11-20T12:00:00Z");
        assertThat(QuarterHour.of(Instant.parse("2026-11-20T12:15:00Z")))
                .isEqualTo("2026-11-20T12:15:00Z");
        assertThat(QuarterHour.of(Instant.parse("1969-12-31T23:59:59Z")))
                .isEqualTo("1969-12-31T23:45:00Z");
    }
}
