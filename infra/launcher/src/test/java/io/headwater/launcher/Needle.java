package io.headwater.launcher;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A text in every spelling that something may keep it in: as it is, as in a URL, in hex and in
/// base64, wherever in the encoded bytes it stands.
final class Needle {

    /// Bytes as characters: one search for all of them.
    private final Set<String> spellings = new LinkedHashSet<>();

    Needle(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        spellings.add(new String(bytes, StandardCharsets.ISO_8859_1));
        String inUrl = URLEncoder.encode(text, StandardCharsets.UTF_8);
        spellings.add(inUrl);
        spellings.add(inUrl.replaceAll("%([0-9A-F]{2})", "%25$1"));
        spellings.add(inUrl.toLowerCase(Locale.ROOT));
        String hex = HexFormat.of().formatHex(bytes);
        spellings.add(hex);
        spellings.add(hex.toUpperCase(Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            spellings.add(inBase64(Base64.getEncoder(), before, bytes));
            spellings.add(inBase64(Base64.getUrlEncoder(), before, bytes));
        }
    }

    /// The characters that do not depend on the bytes around it.
    private static String inBase64(Base64.Encoder encoder, int before, byte[] bytes) {
        byte[] moved = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, moved, before, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(moved);
        return encoded.substring((before * 8 + 5) / 6, moved.length * 8 / 6);
    }

    List<String> spellings() {
        return List.copyOf(spellings);
    }

    int longest() {
        return spellings.stream().mapToInt(String::length).max().orElseThrow();
    }

    boolean in(byte[] bytes) {
        return in(bytes, bytes.length);
    }

    /// @param length how many of them count
    boolean in(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return spellings.stream().anyMatch(text::contains);
    }

    @Override
    public String toString() {
        return Arrays.toString(spellings.toArray());
    }
}
