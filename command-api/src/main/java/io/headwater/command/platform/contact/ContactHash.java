package io.headwater.command.platform.contact;

import io.headwater.command.platform.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Addresses, numbers and domains in the forms in which lists of them are exchanged: SHA-256 of the
/// normalised text in UTF-8, as lower-case hex. A list that somebody hashed elsewhere is found by
/// the same.
///
///     e-mail   trimmed, lower case
///     number   E.164, digits only; some hash it with the plus, so both are looked for
///     domain   lower case; an address is found by its domain and by those above
public final class ContactHash {

    /// How a hash looks that somebody else made.
    public static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");

    private ContactHash() {}

    public static String email(String email) {
        return Sha256.hex(email.strip().toLowerCase(Locale.ROOT));
    }

    public static String phone(String phone) {
        return Sha256.hex(digits(phone));
    }

    public static String domain(String domain) {
        return Sha256.hex(domain.strip().toLowerCase(Locale.ROOT));
    }

    /// All that an address may be found by.
    public static List<String> ofEmail(String email) {
        var hashes = new ArrayList<String>();
        hashes.add(email(email));
        String domain = email.strip().substring(email.strip().lastIndexOf('@') + 1);
        while (domain.indexOf('.') > 0) {
            hashes.add(domain(domain));
            domain = domain.substring(domain.indexOf('.') + 1);
        }
        return hashes;
    }

    /// All that a number may be found by.
    public static List<String> ofPhone(String phone) {
        String digits = digits(phone);
        return digits.isEmpty() ? List.of() : List.of(Sha256.hex(digits), Sha256.hex("+" + digits));
    }

    private static String digits(String phone) {
        var digits = new StringBuilder();
        phone.codePoints()
                .filter(Character::isDigit)
                .forEach(digit -> digits.append(Character.digit(digit, 10)));
        return digits.toString();
    }
}
