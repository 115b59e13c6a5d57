package io.headwater.command.access.admin;

import io.headwater.schema.Ids;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/// Ids and keys that this application chooses.
final class Names {

    static final String SITE_ID = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?";
    static final String HOST = "\\.?[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?";
    private static final int LONGEST_SITE_ID = 40;
    private static final int SUFFIX = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Names() {}

    /// @return unguessable, and as a command's id it tells every instance how long it may be
    ///   pending
    static String id() {
        return Ids.next(Instant.now(), RANDOM);
    }

    /// @param prefix shown to people, so that they know a key when they see one
    /// @return prefix and 144 random bits, in characters that URLs take as they are
    static String secret(String prefix) {
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /// @return a site id that reads like the name: `Zoë's Café` → `zoe-s-cafe`; empty when nothing
    ///   of it can be kept
    static String siteId(String name) {
        String plain =
                Normalizer.normalize(name, Normalizer.Form.NFD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\p{M}", "")
                        .replaceAll("[^a-z0-9]+", "-");
        return cut(plain, LONGEST_SITE_ID);
    }

    /// @return a site id that no site has by chance, of the same look: `shop-3f9a1c`
    static String uniqueSiteId(String siteId) {
        String suffix = HexFormat.of().toHexDigits(RANDOM.nextLong(), SUFFIX);
        String head = cut(siteId, LONGEST_SITE_ID - SUFFIX - 1);
        return (head.isEmpty() ? "site" : head) + "-" + suffix;
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length)).replaceAll("^-+|(?<!-)-+$", "");
    }
}
