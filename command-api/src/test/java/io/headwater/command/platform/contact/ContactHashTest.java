package io.headwater.command.platform.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContactHashTest {

    private final Contacts contacts = new Contacts();

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// As documented by those who exchange such lists.
    @Test
    void hashesAreThoseOfTheTrade() throws Exception {
        assertThat(ContactHash.email(" Test@Example.com "))
                .isEqualTo("973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b");
        assertThat(ContactHash.phone("+1 (212) 555-0123")).isEqualTo(sha256("12125550123"));
    }

    @Test
    void whateverIsWrittenItIsHashedAsTheTradeDoes() throws Exception {
        var random = new Random(11);
        for (int round = 0; round < 500; round++) {
            String local = word(random, "abcXYZ0189", 8);
            String domain = word(random, "abcXYZ", 6) + "." + (round % 2 == 0 ? "com" : "ORG");
            String written = " ".repeat(random.nextInt(3)) + local + "@" + domain + "\t";
            String email = contacts.email(written);

            assertThat(email).isNotNull();
            assertThat(ContactHash.email(String.valueOf(email)))
                    .isEqualTo(ContactHash.email(written))
                    .isEqualTo(sha256(written.strip().toLowerCase(Locale.ROOT)));

            String digits = "4670" + (1_000_000 + random.nextInt(9_000_000));
            String spaced =
                    "+"
                            + digits.substring(0, 2)
                            + " "
                            + digits.substring(2, 5)
                            + "-"
                            + digits.substring(5);
            String number = contacts.phone(spaced, null, null);

            assertThat(number).isEqualTo("+" + digits);
            assertThat(ContactHash.ofPhone(String.valueOf(number)))
                    .containsExactly(sha256(digits), sha256("+" + digits));
        }
    }

    @Test
    void anAddressIsFoundByItsDomainAndThoseAbove() throws Exception {
        assertThat(ContactHash.ofEmail("A@Mail.Example.co.uk"))
                .containsExactly(
                        sha256("a@mail.example.co.uk"),
                        sha256("mail.example.co.uk"),
                        sha256("example.co.uk"),
                        sha256("co.uk"));
        assertThat(ContactHash.ofPhone("none")).isEmpty();
    }

    private static String word(Random random, String letters, int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
