package io.headwater.query.platform.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is left of personal data for those who may not read it.
public final class Mask {
    private static final String HIDDEN = "***";
    private static final String HIDDEN_PIECE = "*";
    private static final Pattern PIECE_OF_A_PERSON = Pattern.compile("(?<=/)[^/]*(?:@|%40)[^/]*");
    private static final int PHONE_DIGITS_SHOWN = 3;

    private Mask() {}

    /// `anna@example.com` → `a***@example.com`; what is no address becomes `***`.
    public static @Nullable String email(@Nullable String email) {
        if (email == null) {
            return null;
        }
        int at = email.lastIndexOf('@');
        return at < 1
                ? HIDDEN
                : email.substring(0, email.offsetByCodePoints(0, 1)) + HIDDEN + email.substring(at);
    }

    /// `+49 151 2345678` → `***678`; fewer than seven digits become `***`.
    public static @Nullable String phone(@Nullable String phone) {
        if (phone == null) {
            return null;
        }
        String digits = phone.replaceAll("\\D", "");
        return digits.length() < 2 * PHONE_DIGITS_SHOWN + 1
                ? HIDDEN
                : HIDDEN + digits.substring(digits.length() - PHONE_DIGITS_SHOWN);
    }

    /// `https://a.example/b/c@d.example?email=c#d` → `https://a.example/b/*`.
    public static @Nullable String url(@Nullable String url) {
        return url == null
                ? null
                : PIECE_OF_A_PERSON.matcher(url.split("[?#]", 2)[0]).replaceAll(HIDDEN_PIECE);
    }
}
