package io.headwater.launcher.imports;

import org.jspecify.annotations.Nullable;

/// What became of a row.
///
/// @param word for the report: accepted, there already, refused …
/// @param field at fault, of a refusal; null: the row as a whole
/// @param code of a refusal
/// @param reason of a refusal, one sentence
record Verdict(
        String word, @Nullable String field, @Nullable String code, @Nullable String reason) {

    static final String REFUSED = "refused";

    /// It came before: nothing was changed.
    static final String THERE_ALREADY = "there already";

    static Verdict of(String word) {
        return new Verdict(word, null, null, null);
    }

    static Verdict refused(@Nullable String field, String code, String reason) {
        return new Verdict(REFUSED, field, code, reason);
    }

    boolean isRefusal() {
        return word.equals(REFUSED);
    }
}
