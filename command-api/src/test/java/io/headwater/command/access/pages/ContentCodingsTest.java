package io.headwater.command.access.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, identity",
                "'', identity",
                "'gzip, deflate, br', br",
                "'GZIP', gzip",
                "'br;q=0, gzip', gzip",
                "'br;q=0, gzip;q=0', identity",
                "'br;q=0.000, *', gzip",
                "'*;q=0', identity",
                "'gzip;q=1.0, br;q=0.5', gzip",
                "'identity;q=1, gzip;q=0.2', identity",
                "'br;q=high, gzip', gzip"
            })
    void whatIsRefusedIsNotSent(String accepted, String chosen) {
        assertThat(ContentCodings.chosen(accepted, List.of("br", "gzip"))).isEqualTo(chosen);
    }
}
