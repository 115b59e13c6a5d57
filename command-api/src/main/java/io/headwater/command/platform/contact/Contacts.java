package io.headwater.command.platform.contact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/// E-mail addresses and phone numbers in the one form by which people are recognised again.
public final class Contacts {

    private static final int LONGEST_EMAIL = 254;

    /// Syntactically fine in a quoted local part or a literal; nobody types them on purpose.
    private static final String NEVER = "\"(),:;<>[]\\";

    private static final Pattern DIALLING_PREFIX = Pattern.compile("(?:\\+|00)?([1-9][0-9]{0,2})");

    private static final int REMEMBERED = 10_000;

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();

    /// Top-level domains that exist, and those reserved for trying things out (RFC 2606).
    private final EmailValidator emails =
            new EmailValidator(
                    false,
                    false,
                    DomainValidator.getInstance(
                            false,
                            List.of(
                                    new DomainValidator.Item(
                                            DomainValidator.ArrayType.GENERIC_PLUS,
                                            new String[] {"example", "test"}))));

    /// Parsing takes dozens of patterns, and the same few numbers come again and again.
    private final Cache<Written, String> parsed =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /// A number as written, where it was.
    private record Written(String text, @Nullable String region) {}

    /// @return trimmed, lower case; null when nobody could receive mail there
    public @Nullable String email(String text) {
        String address = text.strip().toLowerCase(Locale.ROOT);
        return address.length() <= LONGEST_EMAIL
                        && address.chars().noneMatch(c -> NEVER.indexOf(c) >= 0)
                        && emails.isValid(address)
                ? address
                : null;
    }

    /// @param countryCode dialling prefix or ISO country, as given
    /// @param country ISO alpha-2, when the code says nothing
    /// @return E.164 where the text is a possible number; else as given; null without any digit
    public @Nullable String phone(
            String text, @Nullable String countryCode, @Nullable String country) {
        String given = text.strip();
        if (given.chars().noneMatch(Character::isDigit)) {
            return null;
        }
        String number = given.startsWith("00") ? "+" + given.substring(2) : given;
        String quick = international(number);
        if (quick != null) {
            return quick;
        }
        String region = region(countryCode);
        var written = new Written(number, region == null ? country : region);
        String known = parsed.getIfPresent(written);
        if (known != null) {
            return known;
        }
        String e164 = parse(written);
        if (e164 == null) {
            return given;
        }
        parsed.put(written, e164);
        return e164;
    }

    private @Nullable String parse(Written written) {
        try {
            var number = phones.parse(written.text(), written.region());
            if (!phones.isPossibleNumber(number)) {
                return null;
            }
            String e164 = phones.format(number, PhoneNumberFormat.E164);
            return !number.isItalianLeadingZero() || isFoundAgain(e164) ? e164 : null;
        } catch (NumberParseException notOne) {
            return null;
        }
    }

    /// A zero behind the country is a trunk prefix when it is read again, but for Italy and a few
    /// others: such a number would be another one each time.
    private boolean isFoundAgain(String e164) throws NumberParseException {
        return phones.format(phones.parse(e164, null), PhoneNumberFormat.E164).equals(e164);
    }

    /// Most numbers are written as +, prefix and digits already: then only the length is looked up,
    /// without any pattern. A national part that begins like a trunk prefix is left to the parser.
    private @Nullable String international(String number) {
        if (number.length() < 8 || number.length() > 16 || number.charAt(0) != '+') {
            return null;
        }
        for (int i = 1; i < number.length(); i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return null;
            }
        }
        for (int digits = 1; digits <= 3; digits++) {
            int prefix = Integer.parseInt(number, 1, 1 + digits, 10);
            if (phones.getSupportedCallingCodes().contains(prefix)) {
                char first = number.charAt(1 + digits);
                var parsed =
                        new PhoneNumber()
                                .setCountryCode(prefix)
                                .setNationalNumber(
                                        Long.parseLong(number, 1 + digits, number.length(), 10));
                return first >= '2'
                                && first != '8'
                                && phones.isPossibleNumberWithReason(parsed)
                                        == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                        ? number
                        : null;
            }
        }
        return null;
    }

    private @Nullable String region(@Nullable String countryCode) {
        if (countryCode == null) {
            return null;
        }
        var prefix = DIALLING_PREFIX.matcher(countryCode.replace(" ", ""));
        if (prefix.matches()) {
            String region = phones.getRegionCodeForCountryCode(Integer.parseInt(prefix.group(1)));
            return region.equals("ZZ") || region.equals("001") ? null : region;
        }
        return Countries.alpha2(countryCode);
    }
}
