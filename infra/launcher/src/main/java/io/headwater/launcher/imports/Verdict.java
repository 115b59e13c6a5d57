package io.headwater.launcher.imports;

import org.jspecify.annotations.Nullable;

/// What became of a row.
///
/// @param word for the report: captured, duplicate, refused …
/// @param code of a refusal
/// @param reason of a refusal, one sentence
record Verdict(String word, @Nullable String code, @Nullable String reason) {

    static final String REFUSED = "refused";

    static Verdict of(String word) {
        return new Verdict(word, null, null);
    }

    static Verdict refused(String code, String reason) {
        return new Verdict(REFUSED, code, reason);
    }

    boolean isRefusal() {
        return word.equals(REFUSED);
    }
}
