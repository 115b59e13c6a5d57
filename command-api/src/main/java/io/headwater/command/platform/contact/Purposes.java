package io.headwater.command.platform.contact;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What a consent is for, in the words of senders and in ours: `email`, `phone`, `sms` (how
/// somebody may be reached), `sharing` (with others), `marketing`, `processing`. A word that nobody
/// knows stays as it is: it allows nothing, and is told.
public final class Purposes {

    private static final int MOST = 10;
    private static final int LONGEST = 40;
    private static final Pattern BETWEEN = Pattern.compile("[,;|]");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final Map<String, List<String>> KNOWN =
            Map.ofEntries(
                    Map.entry("mail", List.of("email")),
                    Map.entry("e_mail", List.of("email")),
                    Map.entry("call", List.of("phone")),
                    Map.entry("calls", List.of("phone")),
                    Map.entry("telephone", List.of("phone")),
                    Map.entry("voice", List.of("phone")),
                    Map.entry("text", List.of("sms")),
                    Map.entry("texts", List.of("sms")),
                    Map.entry("text_message", List.of("sms")),
                    Map.entry("text_messages", List.of("sms")),
                    Map.entry("contact", List.of("email", "phone", "sms")),
                    Map.entry("share", List.of("sharing")),
                    Map.entry("third_party", List.of("sharing")),
                    Map.entry("third_parties", List.of("sharing")),
                    Map.entry("partners", List.of("sharing")),
                    Map.entry("newsletter", List.of("marketing")),
                    Map.entry("privacy", List.of("processing")),
                    Map.entry("privacy_policy", List.of("processing")),
                    Map.entry("terms", List.of("processing")));

    private Purposes() {}

    /// @param words each may name several, with commas between them
    /// @return each once, in the order they were named; at most ten
    public static List<String> of(Collection<String> words) {
        var purposes = new LinkedHashSet<String>();
        for (String several : words) {
            for (String word : BETWEEN.split(several)) {
                String plain = plain(word);
                if (!plain.isEmpty()) {
                    purposes.addAll(KNOWN.getOrDefault(plain, List.of(plain)));
                }
            }
        }
        return purposes.stream().limit(MOST).toList();
    }

    private static String plain(String word) {
        String spaced = NO_LETTER.matcher(word).replaceAll(" ").strip();
        String plain = spaced.replace(' ', '_').toLowerCase(Locale.ROOT);
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }
}
