package io.headwater.command.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What is kept of a key that is presented whole: enough to know it again, and not the key.
///
/// Neither salted nor slow: keys are random or at least [#SHORTEST] characters long, so that nobody
/// tries them all, and every delivery is checked.
public final class KeyDigest {

    /// Characters of a key that somebody chose.
    public static final int SHORTEST = 16;

    private static final String PREFIX = "sha256:";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    private KeyDigest() {}

    /// @return `sha256:` and the digest of the key in UTF-8, as lower-case hex
    public static String of(String key) {
        return PREFIX + Sha256.hex(key);
    }

    public static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    /// @param digest as [#of] makes it
    /// @return its 32 bytes
    public static byte[] bytes(String digest) {
        return HexFormat.of().parseHex(digest, PREFIX.length(), digest.length());
    }

    /// Takes the same time however much of a guess is right.
    ///
    /// @param digest as [#of] makes it
    public static boolean matches(String digest, String presented) {
        return MessageDigest.isEqual(
                bytes(digest), Sha256.of(presented.getBytes(StandardCharsets.UTF_8)));
    }
}
