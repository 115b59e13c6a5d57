package io.headwater.projectors.platform.fold;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Texts from outside as dimensions of a roll-up: never absent, never too long for an index.
public final class Dimensions {

    /// Site of sessions whose start was never seen.
    public static final String DEFAULT_SITE = "main";

    public static final String DIRECT = "(direct)";
    public static final String NO_CAMPAIGN = "(none)";
    public static final String UNKNOWN_COUNTRY = "(unknown)";
    public static final String UNKNOWN_DEVICE = "unknown";

    /// Characters; six dimensions of four bytes each stay below the 2,704 bytes of an index entry.
    private static final int MAX = 100;

    private static final int MAX_PAGE = 400;

    private Dimensions() {}

    /// @return the first that says something, else `(direct)`
    public static String source(@Nullable String... candidates) {
        for (String candidate : candidates) {
            String text = capped(candidate, MAX);
            if (text != null) {
                return text;
            }
        }
        return DIRECT;
    }

    public static String campaign(@Nullable String campaign) {
        return or(campaign, NO_CAMPAIGN);
    }

    public static String country(@Nullable String country) {
        return or(country, UNKNOWN_COUNTRY);
    }

    public static String device(@Nullable String device) {
        return or(device, UNKNOWN_DEVICE);
    }

    /// An identifier that somebody else made.
    public static String id(String id) {
        return or(id, "");
    }

    /// @param referrer URL as sent
    /// @param page URL or path of the page it led to; a referrer on the same host is no source
    /// @return host in lower case without `www.`; null when there is none
    public static @Nullable String referrerHost(@Nullable String referrer, @Nullable String page) {
        String host = host(referrer);
        return host == null || host.equals(host(page)) ? null : host;
    }

    /// @return path of a URL or path, without query and fragment; `/` when empty
    public static String page(String page) {
        int start = 0;
        int scheme = page.indexOf("://");
        if (scheme > 0 && scheme < 10) {
            start = page.indexOf('/', scheme + 3);
            if (start < 0) {
                return "/";
            }
        }
        int end = start;
        while (end < page.length() && page.charAt(end) != '?' && page.charAt(end) != '#') {
            end++;
        }
        String path = capped(page.substring(start, end), MAX_PAGE);
        return path == null ? "/" : path;
    }

    private static String or(@Nullable String text, String otherwise) {
        String some = capped(text, MAX);
        return some == null ? otherwise : some;
    }

    private static @Nullable String capped(@Nullable String text, int max) {
        if (text == null) {
            return null;
        }
        String clean = (text.indexOf('\0') < 0 ? text : text.replace("\0", "")).strip();
        if (clean.isEmpty()) {
            return null;
        }
        if (clean.length() <= max) {
            return clean;
        }
        // Not between the two halves of one character.
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(max - 1)) ? max - 1 : max);
    }

    private static @Nullable String host(@Nullable String url) {
        if (url == null || !url.contains("://")) {
            return null;
        }
        return Optional.ofNullable(parse(url).getHost())
                .map(host -> host.toLowerCase(Locale.ROOT))
                .map(host -> host.startsWith("www.") ? host.substring(4) : host)
                .orElse(null);
    }

    private static URI parse(String url) {
        try {
            return new URI(url.strip().split("[?#]", 2)[0]);
        } catch (URISyntaxException broken) {
            return URI.create("");
        }
    }
}
