package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://site.example/a/b?email=ada%40example.org#c | https://site.example/a/b",
                "/a/b#ada@example.org | /a/b",
                "?ada | ''",
                "'' | ''",
                "https://site.example | https://site.example",
                "https://ada:pw@site.example/a | https://site.example/a",
                "https://ada@site.example | https://site.example",
                "/u/ada@example.org/edit | /u/*/edit",
                "/u/ada%40example.org | /u/*",
                "mailto:ada@example.org | *",
                "android-app://shop@x/y@z | android-app://x/*",
                "/ünï/ü | /ünï/ü",
            })
    void whoIsNotShown(String sent, String shown) {
        assertThat(PageAddress.shown(sent)).isEqualTo(shown);
        assertThat(PageAddress.shown(shown)).isEqualTo(shown);
    }

    @Test
    void nothingIsNothing() {
        assertThat(PageAddress.shown(null)).isNull();
    }
}
