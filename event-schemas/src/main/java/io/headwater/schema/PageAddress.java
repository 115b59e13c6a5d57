package io.headwater.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What of the address of a page may stand in the clear: where it is, and nothing that its visitor,
/// a form or a mailing put into it.
public final class PageAddress {

    /// A piece of a path with an e-mail address or a name of an account in it, encoded or not.
    private static final Pattern PERSONAL = Pattern.compile("(?<![^/?#])[^/?#]*(?:@|%40)[^/?#]*");

    private static final String HIDDEN = "*";

    private PageAddress() {}

    /// Without query, fragment, user and password; a piece of the path with an `@` becomes `*`.
    ///
    ///     https://ada:pw@site.example/p/ada@example.org/edit?email=x#y → https://site.example/p/*/edit
    ///
    /// @param address URL or path, as sent
    /// @return null for null; empty when nothing is left
    public static @Nullable String shown(@Nullable String address) {
        if (address == null) {
            return null;
        }
        int end = 0;
        while (end < address.length() && "?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        String place = address.substring(0, end);
        if (place.indexOf('@') < 0 && !place.contains("%40")) {
            return place;
        }
        int scheme = place.indexOf("://");
        int path = scheme < 0 ? 0 : place.indexOf('/', scheme + 3);
        int from = scheme < 0 ? 0 : scheme + 3;
        String authority = scheme < 0 ? "" : place.substring(from, path < 0 ? end : path);
        return place.substring(0, from)
                + authority.substring(authority.lastIndexOf('@') + 1)
                + (path < 0 ? "" : PERSONAL.matcher(place.substring(path)).replaceAll(HIDDEN));
    }
}
