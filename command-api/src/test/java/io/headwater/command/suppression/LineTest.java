package io.headwater.command.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.contact.Contacts;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {

    private static final Contacts CONTACTS = new Contacts();

    @ParameterizedTest
    @CsvSource({
        "' Ana@Example.org ', ana@example.org",
        "example.org, example.org",
        "@Example.org, example.org",
        "+46 70 174 06 05, 46701740605",
        "0046701740605, 46701740605",
        "070-174 06 05, 46701740605",
    })
    void isHashedInItsOneForm(String text, String form) {
        var line = Line.of(CONTACTS, text, "SE");

        assertThat(line.wrong()).isNull();
        assertThat(line.hash()).isEqualTo(Sha256.hex(form));
        assertThat(line.found()).contains(Sha256.hex(form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana@example.org", "46701740605", "+46701740605"})
    void aHashMadeElsewhereStaysAsItIs(String form) {
        String hash = Sha256.hex(form);

        assertThat(Line.of(CONTACTS, hash.toUpperCase(Locale.ROOT) + " ", null).hash())
                .isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "ana",
                "ana@",
                "a b@example.org",
                "070-174 06 05",
                "example",
                "d41d8cd98f00b204e9800998ecf8427e",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            })
    void whatNobodyCanMatchIsTold(String text) {
        var line = Line.of(CONTACTS, text, null);

        assertThat(line.hash()).isNull();
        assertThat(line.wrong()).isNotBlank();
    }
}
