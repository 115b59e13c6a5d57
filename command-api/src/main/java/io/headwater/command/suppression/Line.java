package io.headwater.command.suppression;

import io.headwater.command.platform.contact.ContactHash;
import io.headwater.command.platform.contact.Contacts;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of a list: an e-mail address, a phone number, a domain, or the SHA-256 of one of them.
///
/// @param hash by which it is listed; null: it is none of them
/// @param found all by which it is looked for
/// @param wrong what is wrong with it
record Line(@Nullable String hash, List<String> found, @Nullable String wrong) {

    private static final Pattern WEAKER_HASH = Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{40}");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    /// @param country ISO alpha-2 or dialling prefix of numbers without one; null: they need it
    static Line of(Contacts contacts, String text, @Nullable String country) {
        String line = text.strip();
        if (ContactHash.FORM.matcher(line).matches()) {
            String hash = line.toLowerCase(Locale.ROOT);
            return new Line(hash, List.of(hash), null);
        }
        if (WEAKER_HASH.matcher(line).matches()) {
            return wrong("is the MD5 or SHA-1 of something; only SHA-256 can be matched");
        }
        if (line.indexOf('@') > 0) {
            String email = contacts.email(line);
            return email == null
                    ? wrong("is no e-mail address")
                    : new Line(ContactHash.email(email), ContactHash.ofEmail(email), null);
        }
        String rest = line.startsWith("@") ? line.substring(1) : line;
        return LETTER.matcher(rest).find()
                ? domain(contacts, rest)
                : phone(contacts, line, country);
    }

    private static Line domain(Contacts contacts, String text) {
        String address = contacts.email("a@" + text);
        if (address == null) {
            return wrong("is no address, number, domain or SHA-256 of one");
        }
        String hash = ContactHash.domain(address.substring(2));
        return new Line(hash, List.of(hash), null);
    }

    private static Line phone(Contacts contacts, String text, @Nullable String country) {
        String number = contacts.phone(text, country, null);
        return number == null || !number.startsWith("+")
                ? wrong("is no phone number with the code of its country")
                : new Line(ContactHash.phone(number), ContactHash.ofPhone(number), null);
    }

    private static Line wrong(String what) {
        return new Line(null, List.of(), what);
    }
}
