package io.headwater.command.intake;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// E-mail addresses and phone numbers in the one form by which people are recognised again.
public final class Contacts {

    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@\"(),:;<>\\[\\]\\\\]{1,64}@([^\\s@]{3,253})");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");
    private static final Pattern DIALLING_PREFIX = Pattern.compile("(?:\\+|00)?([1-9][0-9]{0,2})");

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();

    /// @return trimmed, lower case; null when nobody could receive mail there
    public @Nullable String email(String text) {
        String address = text.strip().toLowerCase(Locale.ROOT);
        var matcher = EMAIL.matcher(address);
        if (address.length() > 254 || !matcher.matches()) {
            return null;
        }
        String local = address.substring(0, address.indexOf('@'));
        if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return null;
        }
        try {
            return DOMAIN.matcher(IDN.toASCII(matcher.group(1))).matches() ? address : null;
        } catch (IllegalArgumentException noDomain) {
            return null;
        }
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
        String region = region(countryCode);
        if (region == null) {
            region = country;
        }
        String number = given.startsWith("00") ? "+" + given.substring(2) : given;
        try {
            var parsed = phones.parse(number, region);
            return phones.isPossibleNumber(parsed)
                    ? phones.format(parsed, PhoneNumberFormat.E164)
                    : given;
        } catch (NumberParseException notOne) {
            return given;
        }
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
