package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.contact.Countries;
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
                "ada@1.2.3.4",
                "ada@example.nosuchtld"
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

    /// The quick way must never differ from the library's.
    @Test
    void everyExampleOfTheLibraryComesOutAsTheLibrarySays() {
        var library = PhoneNumberUtil.getInstance();
        for (String region : library.getSupportedRegions()) {
            for (var type : PhoneNumberUtil.PhoneNumberType.values()) {
                var example = library.getExampleNumberForType(region, type);
                if (example != null) {
                    String e164 = library.format(example, PhoneNumberFormat.E164);
                    assertThat(contacts.phone(e164, null, null)).isEqualTo(asTheLibrarySays(e164));
                    String longer = e164 + "7";
                    assertThat(contacts.phone(longer, null, null))
                            .isEqualTo(asTheLibrarySays(longer));
                }
            }
        }
    }

    private static String asTheLibrarySays(String number) {
        var library = PhoneNumberUtil.getInstance();
        try {
            var parsed = library.parse(number, null);
            return library.isPossibleNumber(parsed)
                    ? library.format(parsed, PhoneNumberFormat.E164)
                    : number;
        } catch (NumberParseException notOne) {
            return number;
        }
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
