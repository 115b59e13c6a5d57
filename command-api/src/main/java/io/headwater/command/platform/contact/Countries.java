package io.headwater.command.platform.contact;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Countries as people write them.
public final class Countries {

    private static final Map<String, String> BY_NAME = byName();

    private Countries() {}

    /// @param text alpha-2, alpha-3 or English name, any case
    /// @return ISO 3166 alpha-2 in upper case; null when it is no country
    public static @Nullable String alpha2(@Nullable String text) {
        return text == null ? null : BY_NAME.get(text.strip().toUpperCase(Locale.ROOT));
    }

    private static Map<String, String> byName() {
        var countries = new HashMap<String, String>();
        for (String code : Locale.getISOCountries()) {
            var locale = Locale.of("", code);
            countries.put(locale.getDisplayCountry(Locale.ENGLISH).toUpperCase(Locale.ROOT), code);
            countries.put(locale.getISO3Country(), code);
            countries.put(code, code);
        }
        countries.put("UK", "GB");
        countries.put("USA", "US");
        return Map.copyOf(countries);
    }
}
