package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactsTest {

    private final Contacts contacts = new Contacts();

    @ParameterizedTest
    @CsvSource({
        "' Ada@Example.TEST ', ada@example.test",
        "o'neil+news@mail.example.co.uk, o'neil+news@mail.example.co.uk",
        "info@bücher.example, info@bücher.example"
    })
    void oneFormPerAddress(String given, String email) {
        assertThat(contacts.email(given)).isEqualTo(email);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "ada@",
                "@example.test",
                "ada@localhost",
                "ada@@example.test",
                "a b@example.test",
                "ada@example..test",
                ".ada@example.test",
                "ada.@example.test",
                "a..b@example.test",
                "ada@-example.test",
                "ada@example.test>",
                "<ada@example.test",
                "ada@1.2.3.4"
            })
    void whatIsNoAddress(String given) {
        assertThat(contacts.email(given)).isNull();
    }

    @Test
    void noAddressIsLongerThanMailAllows() {
        assertThat(contacts.email("a".repeat(65) + "@example.test")).isNull();
        assertThat(contacts.email("a@" + "b.".repeat(200) + "test")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "030 901820, +49, , +4930901820",
        "030 901820, 49, , +4930901820",
        "030 901820, 0049, , +4930901820",
        "030 901820, DE, , +4930901820",
        "030 901820, Germany, , +4930901820",
        "030 901820, , DE, +4930901820",
        "0049 30 901820, , , +4930901820",
        "+1 (202) 555-0143, +49, , +12025550143",
        "030 901820, , , 030 901820",
        "12, US, , 12",
        "call 5 times, +49, , call 5 times"
    })
    void e164WhereItParsesElseAsGiven(String given, String code, String country, String phone) {
        assertThat(contacts.phone(given, code, country)).isEqualTo(phone);
    }

    @Test
    void withoutADigitThereIsNoNumber() {
        assertThat(contacts.phone("none", "+49", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"de,DE", "DEU,DE", "germany,DE", "uk,GB", "Atlantis,", "XX,"})
    void countriesAsPeopleWriteThem(String text, String alpha2) {
        assertThat(Countries.alpha2(text)).isEqualTo(alpha2);
    }
}
