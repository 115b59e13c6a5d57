package io.headwater.query.lead;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that a person was asked to agree to, and the answer.
///
/// @param submissionId it came with
/// @param name of the form's field, or the provider's id
/// @param purposes email, phone, sms, sharing, marketing, processing or a word of the sender; none:
///   nobody said what for
/// @param text as it was shown; null: not told, or longer than what is kept
/// @param textHash SHA-256 of the whole text, hex
/// @param version of the text, in the sender's words
/// @param trustedFormUrl certificate of TrustedForm, of the submission
/// @param leadidToken LeadiD of Jornaya, of the submission
/// @param withdrawnAt when the first of what they agreed to was withdrawn; null: it stands
/// @param withdrawnPurposes of its purposes, those that were; none of a consent without any
record ConsentView(
        String consentId,
        String submissionId,
        @Nullable String name,
        List<String> purposes,
        boolean granted,
        Instant at,
        @Nullable String text,
        @Nullable String textHash,
        @Nullable String version,
        @Nullable String ip,
        @Nullable String page,
        @Nullable String trustedFormUrl,
        @Nullable String leadidToken,
        @Nullable Instant withdrawnAt,
        List<String> withdrawnPurposes) {}
