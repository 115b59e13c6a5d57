package io.headwater.command.intake.signature;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How the bytes of a signature are written.
enum Encoding {
    HEX,
    BASE64,
    BASE64URL;

    /// @return null when the text is none of it
    byte @Nullable [] decode(String text) {
        try {
            return switch (this) {
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
                case BASE64URL -> Base64.getUrlDecoder().decode(text);
            };
        } catch (IllegalArgumentException other) {
            return null;
        }
    }
}
