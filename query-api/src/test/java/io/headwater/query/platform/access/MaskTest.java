package io.headwater.query.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    @ParameterizedTest
    @CsvSource({
        "anna@example.com, a***@example.com",
        "a@example.com, a***@example.com",
        "\"a@b\"@example.com, \"***@example.com",
        "🦊fox@example.com, 🦊***@example.com",
        "@example.com, ***",
        "no address, ***",
        "'', ***",
    })
    void emailKeepsItsFirstLetterAndDomain(String email, String masked) {
        assertThat(Mask.email(email)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "+49 151 2345678, ***678",
        "+4915112345678, ***678",
        "(030) 123-45, ***345",
        "1234567, ***567",
        "123456, ***",
        "112, ***",
        "none, ***",
    })
    void phoneKeepsThreeDigits(String phone, String masked) {
        assertThat(Mask.phone(phone)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/b?email=c@d.example#e, https://a.example/b",
        "/b#c@d.example, /b",
        "/b, /b",
        "?x=1, ''",
    })
    void addressesOfPagesLoseTheirQuery(String url, String masked) {
        assertThat(Mask.url(url)).isEqualTo(masked);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(Mask.url(null)).isNull();
        assertThat(Mask.email(null)).isNull();
        assertThat(Mask.phone(null)).isNull();
    }
}
