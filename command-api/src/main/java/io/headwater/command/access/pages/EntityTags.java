package io.headwater.command.access.pages;

import io.headwater.command.platform.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// source: RFC 9110, section 13.1.2: `If-None-Match` compares weakly
final class EntityTags {

    private EntityTags() {}

    static String of(byte[] body) {
        return "\"" + HexFormat.of().formatHex(Sha256.of(body), 0, 12) + "\"";
    }

    /// @param header value of `If-None-Match`
    static boolean match(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                        .anyMatch(one -> one.equals("*") || one.equals(tag));
    }
}
