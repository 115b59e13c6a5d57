package io.headwater.launcher.sweep;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.io.JsonStringEncoder;

/// The ways in which something may keep a value.
///
/// As it was typed, in lower and in upper case, composed and decomposed; as in JSON, and in JSON
/// within JSON; as in a URL, once and twice; in hex; in base64, wherever in the encoded bytes it
/// stands. Of a phone number the digits, and how it is written abroad and at home.
///
/// @param anyCase bytes that are found whatever the case of their ASCII letters
/// @param exact bytes that are found only as they are
record Spellings(Set<ByteBuffer> anyCase, Set<ByteBuffer> exact) {

    /// Of what is longer, its beginning is looked for.
    private static final int LONGEST = 120;

    /// Below, base64 and hex of it stand in any large file by chance.
    private static final int SHORTEST_ENCODED = 6;

    static Spellings of(Value value) {
        var spellings = new Spellings(new LinkedHashSet<>(), new LinkedHashSet<>());
        for (String text : texts(value)) {
            for (var form : Set.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
                spellings.add(Normalizer.normalize(text, form));
            }
        }
        return spellings;
    }

    private static Collection<String> texts(Value value) {
        String typed = beginning(value.text());
        var texts = new LinkedHashSet<String>();
        texts.add(typed);
        if (value.kind() == Value.Kind.PHONE) {
            numbers(value.text(), texts);
        } else {
            texts.add(typed.toLowerCase(Locale.ROOT));
            texts.add(typed.toUpperCase(Locale.ROOT));
        }
        return texts;
    }

    private static void numbers(String typed, Set<String> texts) {
        texts.add(typed.replaceAll("\\D", ""));
        var phones = PhoneNumberUtil.getInstance();
        try {
            var number = phones.parse(typed, null);
            for (var format : PhoneNumberFormat.values()) {
                String written = phones.format(number, format);
                String digits = written.replaceAll("\\D", "");
                if (digits.length() >= Value.Kind.PHONE.shortest()) {
                    texts.add(written);
                    texts.add(digits);
                }
            }
        } catch (NumberParseException asTyped) {
            // without the country nobody knows how else it is written
        }
    }

    private static String beginning(String text) {
        int end = text.length();
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        any(text);
        String inJson = inJson(text);
        any(inJson);
        any(inJson.replace("\\", "\\\\"));
        String escaped = escaped(inJson);
        any(escaped);
        any(escaped.replace("\\", "\\\\"));
        String inForm = URLEncoder.encode(text, StandardCharsets.UTF_8);
        for (String inUrl : List.of(inForm, inForm.replace("+", "%20"))) {
            any(inUrl);
            any(inUrl.replace("%", "%25"));
        }
        if (bytes.length < SHORTEST_ENCODED) {
            return;
        }
        any(HexFormat.of().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            exact.add(inBase64(Base64.getEncoder(), before, bytes));
            exact.add(inBase64(Base64.getUrlEncoder(), before, bytes));
        }
    }

    private void any(String text) {
        anyCase.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String inJson(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    }

    /// As JSON is written that has to be ASCII.
    private static String escaped(String text) {
        var out = new StringBuilder();
        text.chars()
                .forEach(c -> {
                    if (c < 0x80) {
                        out.append((char) c);
                    } else {
                        out.append("\\u%04x".formatted(c));
                    }
                });
        return out.toString();
    }

    /// The characters that do not depend on the bytes around it.
    private static ByteBuffer inBase64(Base64.Encoder encoder, int before, byte[] bytes) {
        byte[] moved = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, moved, before, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(moved);
        return ByteBuffer.wrap(
                encoded.substring((before * 8 + 5) / 6, moved.length * 8 / 6)
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
