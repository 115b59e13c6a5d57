package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.contact.Countries;
import io.headwater.command.platform.web.body.Split;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What people are recognised by: the first line is a country as given, the rest an address or a
/// number.
class ContactsFuzzTest {

    private static final Contacts CONTACTS = new Contacts();

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "\nADA@Example.test ",
                        "\n\"a b\"@example.test",
                        "DE\n0171 2345678",
                        "+91\n(0)98765-43210 ext. 5",
                        "00 44\n+44 20 7946 0018",
                        "united states\n1-800-FLOWERS",
                        "999\n+9999999999999999",
                        "IN\ntel:+91-98765;phone-context=+91",
                        "\n\u0661\u0662\u0663\u0664\u0665\u0666\u0667")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void theOneFormIsFoundAgain(byte[] input) {
        var parts = Split.atFirstLine(input);
        String country = Countries.alpha2(parts.line());
        String email = CONTACTS.email(parts.text());
        if (email != null) {
            assertThat(CONTACTS.email(email)).isEqualTo(email);
        }
        String phone = CONTACTS.phone(parts.text(), parts.line(), country);
        if (phone != null && phone.matches("\\+[0-9]+")) {
            assertThat(CONTACTS.phone(phone, null, null)).isEqualTo(phone);
        }
    }
}
