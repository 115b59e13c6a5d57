package io.headwater.vault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Kinds of data that a rule may end. What a lead is made of is none of them: it goes when somebody
/// asks for it.
public enum DataKind {

    /// What came in requests, as it came, where its key seals nothing else.
    BODIES(KeyUse.Kind.BODIES, KeyLinks.RECEIPT),

    /// Submissions that became no lead: blocked, refused, tests, duplicates, quarantined.
    SUBMISSIONS(KeyUse.Kind.SUBMISSIONS, KeyLinks.SUBMISSION),

    /// What providers told and no lead was found for.
    FACTS(KeyUse.Kind.FACTS, KeyLinks.FACT),

    /// What is sealed of sessions, and their recordings.
    SESSIONS(KeyUse.Kind.SESSIONS, KeyLinks.SESSION),

    /// Objects of sessions in S3, by the day that their folder names.
    RECORDINGS(null, null),

    /// Keys that no event was sealed with.
    UNUSED_KEYS(null, null);

    private final KeyUse.@Nullable Kind use;
    private final @Nullable String purpose;

    DataKind(KeyUse.@Nullable Kind use, @Nullable String purpose) {
        this.use = use;
        this.purpose = purpose;
    }

    /// As people write it: `unused-keys`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<DataKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// @return null: it is not found by what its keys were used for
    KeyUse.@Nullable Kind use() {
        return use;
    }

    /// What its keys are linked to.
    @Nullable String purpose() {
        return purpose;
    }
}
