package io.headwater.launcher.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.launcher.sweep.Value.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookTest {

    private static final Value MAIL = new Value(Kind.EMAIL, "ada.o@example.org");
    private static final Value PHONE = new Value(Kind.PHONE, "+49 30 1234567");

    private static Look look(Value... values) {
        return new Look(new Look.Words(List.of(values)), (_, _) -> {});
    }

    private static boolean sees(Value value, String text) {
        var look = look(value);
        look.unit(text.getBytes(StandardCharsets.UTF_8), () -> "here");
        return look.saw(value);
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL, Ada.O@example.org, xada.o@EXAMPLE.orgx",
        "EMAIL, ada+1@example.org, ?m=ada%2B1%40example.org&",
        "EMAIL, ada+1@example.org, %3Fm%3Dada%252b1%2540example.org",
        "EMAIL, ada.o@example.org, 6164612e6f406578616d706c652e6f7267",
        "NAME, Jürgen Müller, j%C3%BCrgen%20m%C3%BCller",
        "NAME, Jürgen Müller, J\\u00fcrgen M\\u00FCller",
        "NAME, Jürgen Müller, J\\\\u00fcrgen M\\\\u00fcller",
        "NAME, MÜLLER, müller",
        "PHONE, +49 30 1234567, tel:+49-30-1234567",
        "PHONE, +49 30 1234567, 030 1234567",
        "PHONE, +49 30 1234567, 0301234567",
        "PHONE, 030-1234567, 0301234567"
    })
    void knowsTheSpellings(Kind kind, String typed, String kept) {
        assertThat(sees(new Value(kind, typed), kept)).isTrue();
    }

    @Test
    void knowsADecomposedLetter() {
        assertThat(sees(new Value(Kind.NAME, "Müller"), "Mu\u0308ller")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void knowsBase64WhereverItStands(int before) {
        String around = "x".repeat(before) + MAIL.text() + "yz";
        byte[] bytes = around.getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(bytes);

        assertThat(sees(MAIL, encoded)).isTrue();
        assertThat(sees(MAIL, encoded.toLowerCase(Locale.ROOT))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada.o@example.or", "ada-o@example.org", "ada.o@ example.org", ""})
    void isNotFoundInWhatIsNotIt(String text) {
        assertThat(sees(MAIL, text)).isFalse();
    }

    @Test
    void itMayStandOnTheBorderOfPieces() {
        byte[] bytes = ("aada." + MAIL.text()).getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            var look = look(MAIL);
            look.begin();
            look.read(bytes, 0, cut);
            look.read(bytes, cut, bytes.length);
            look.end(() -> "here");
            assertThat(look.saw(MAIL)).isTrue();
        }
    }

    /// The end of one value and the beginning of the next are no value.
    @Test
    void unitsDoNotGoOnFromEachOther() {
        var look = look(MAIL);
        look.unit("ada.o@".getBytes(StandardCharsets.UTF_8), () -> "here");
        look.unit("example.org".getBytes(StandardCharsets.UTF_8), () -> "there");

        assertThat(look.saw(MAIL)).isFalse();
        assertThat(look.deciding()).isZero();
    }

    @Test
    void tellsWhereAndNotWhat() {
        var look = look(MAIL, PHONE, new Value(Kind.NAME, "Lovelace"));
        byte[] both = (MAIL.text() + " 0301234567 lovelace").getBytes(StandardCharsets.UTF_8);
        look.unit(both, () -> "row 7");
        look.unit(both, () -> "object " + MAIL.text());

        assertThat(look.deciding()).isEqualTo(4);
        assertThat(look.names()).isEqualTo(2);
        assertThat(new ArrayList<>(look.found()))
                .contains(
                        new Look.Found("row 7", "email"),
                        new Look.Found("a name that has the value in it", "phone"))
                .noneMatch(found -> found.where().contains("ada"));
    }

    @Test
    void wordsWithinWordsAreAllFound() {
        var longer = new Value(Kind.EMAIL, "x" + MAIL.text() + ".uk");
        var look = look(longer, MAIL);
        look.unit(longer.text().getBytes(StandardCharsets.UTF_8), () -> "here");

        assertThat(look.saw(longer)).isTrue();
        assertThat(look.saw(MAIL)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PHONE, +4930", "NAME, Li", "TEXT, yes please", "EMAIL, a@b.c"})
    void whatStandsEverywhereIsNotLookedFor(Kind kind, String typed) {
        assertThat(new Value(kind, typed).isSearchable()).isFalse();
    }
}
