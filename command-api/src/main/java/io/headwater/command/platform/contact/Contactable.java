package io.headwater.command.platform.contact;

import io.headwater.events.command.CommandResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether somebody may be contacted for a purpose, as it was decided; it holds for that moment.
///
/// @param survivorId the lead that stands for this one after a merge; null: itself
/// @param reasons why not; empty: they may
/// @param lists names of those that say that they must not
/// @param consent the newest answer about the purpose; null: nobody knows of one
/// @param checkedAt when it was decided
public record Contactable(
        String leadId,
        @Nullable String survivorId,
        String purpose,
        boolean allowed,
        List<Reason> reasons,
        List<String> lists,
        @Nullable Consent consent,
        Instant checkedAt) {

    /// Outcomes of the check.
    public static final String ALLOWED = "allowed";

    public static final String DENIED = "denied";

    /// Code of a decider that does not know all lists yet.
    public static final String BEHIND = "suppressions-behind";

    /// Names of what the decider tells besides.
    public static final String REASONS = "reasons";

    public static final String LISTS = "lists";
    public static final String SURVIVOR = "survivor_id";
    public static final String ANSWER = "consent";
    public static final String ANSWERED_AT = "consent_at";
    public static final String TOLD_BY = "consent_told_by";

    /// Why somebody may not be contacted.
    public enum Reason {
        /// the person was forgotten
        ERASED,
        /// they asked to be forgotten, and will be
        ERASE_REQUESTED,
        /// they are on a list of who must not be contacted
        SUPPRESSED,
        /// they gave so many that nobody can say that they are on no list
        TOO_MANY_ADDRESSES,
        /// they agreed once, or not, and withdrew that
        CONSENT_WITHDRAWN,
        /// they were asked and did not agree
        CONSENT_REFUSED,
        /// nobody told of a consent for the purpose
        CONSENT_UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Reason of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no reason: " + word));
        }
    }

    /// @param answer granted, refused or withdrawn
    /// @param toldBy submission and place in it, from 0; withdrawn: the command
    public record Consent(String answer, Instant at, String toldBy) {}

    /// What says yes without doubt is a yes, and nothing else.
    static Contactable of(String leadId, String purpose, CommandResult result) {
        var values = result.getValues();
        String told = values.getOrDefault(REASONS, "");
        String lists = values.getOrDefault(LISTS, "");
        var reasons =
                told.isEmpty()
                        ? List.<Reason>of()
                        : Arrays.stream(told.split(",", -1)).map(Reason::of).toList();
        return new Contactable(
                leadId,
                values.get(SURVIVOR),
                purpose,
                result.getAccepted() && result.getOutcome().equals(ALLOWED) && reasons.isEmpty(),
                reasons,
                lists.isEmpty() ? List.of() : List.of(lists.split(",", -1)),
                consent(values.get(ANSWER), values.get(ANSWERED_AT), values.get(TOLD_BY)),
                result.getDecidedAt());
    }

    private static @Nullable Consent consent(
            @Nullable String answer, @Nullable String at, @Nullable String toldBy) {
        return answer == null || at == null || toldBy == null
                ? null
                : new Consent(answer, Instant.parse(at), toldBy);
    }
}
