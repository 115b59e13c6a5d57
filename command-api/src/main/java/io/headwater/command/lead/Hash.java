package io.headwater.command.lead;

import io.headwater.command.platform.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Keys of stores that may stand for personal data: a SHA-256, never the value.
final class Hash {

    private Hash() {}

    /// @param parts joined so that no two lists give the same text
    static String of(String... parts) {
        var joined = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            joined.writeBytes((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            joined.writeBytes(bytes);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(joined.toByteArray()));
    }
}
