package io.headwater.command.lead;

import io.headwater.command.platform.axon.Expiries;
import io.headwater.events.lead.Submission;
import io.headwater.state.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What was delivered before, by dedup key within its scope, who submitted through a source not
/// long ago, and facts by their id.
///
/// An entry with a window is forgotten after it; without one it stays, like the lead it belongs to.
final class Deliveries {

    static final String IDEMPOTENCY_KEY = "idempotency_key";
    static final String EXPIRY = "delivery";
    private static final String BODY_HASH = "body_hash";
    static final String NONE = "none";
    private static final Instant NEVER = Instant.EPOCH;

    private final RecentReads<DeliveryState> store;
    private final Expiries expiries;
    private final Duration longestOfBodies;

    /// @param longestOfBodies equal bodies are no duplicates after this, whatever the source says:
    ///   a person who comes back must count
    Deliveries(
            KeyValueStore<String, DeliveryState> store,
            Expiries expiries,
            Duration longestOfBodies) {
        this.store = new RecentReads<>(store);
        this.expiries = expiries;
        this.longestOfBodies = longestOfBodies;
    }

    /// @return null when nothing makes a repeat of it recognisable; tests only an idempotency key,
    ///   because providers send all tests with one id and one body
    static @Nullable String keyOf(Submission submission) {
        String key = submission.getDedupKey();
        String kind = submission.getDedupKind();
        if (key == null
                || kind.equals(NONE)
                || (submission.getTest() && !kind.equals(IDEMPOTENCY_KEY))) {
            return null;
        }
        return Hash.of(submission.getSiteId(), scope(submission), kind, key);
    }

    private static String scope(Submission submission) {
        if (submission.getSourceId() != null) {
            return "source:" + submission.getSourceId();
        }
        if (submission.getIntegrationId() != null) {
            return "integration:" + submission.getIntegrationId();
        }
        return "form:" + submission.getFormId();
    }

    static String factKey(String siteId, String factId) {
        return "fact:" + siteId + ":" + factId;
    }

    /// An activity of a CRM is remembered as facts are, under this id.
    static String activity(String leadId, String activityId) {
        return "activity:" + leadId + ":" + activityId;
    }

    /// @return null when there was none, it does not count any more, or it is this one itself, let
    ///   out of the quarantine
    @Nullable DeliveryState first(@Nullable String key, Submission submission) {
        var known = key == null ? null : store.get(key);
        return known == null
                        || expired(known, submission.getReceivedAt())
                        || known.getFirstId().equals(submission.getSubmissionId())
                        || tooLate(known, submission)
                ? null
                : known;
    }

    /// What was let out of the quarantine may be older than the delivery that its key stands for,
    /// and by more than the window.
    private static boolean tooLate(DeliveryState known, Submission submission) {
        var later = known.getReceivedAt();
        return later != null
                && !known.getExpiresAt().equals(NEVER)
                && Duration.between(submission.getReceivedAt(), later)
                                .compareTo(Duration.between(later, known.getExpiresAt()))
                        >= 0;
    }

    /// Whichever came first: one let out of the quarantine counts as of when it was received.
    ///
    /// @return the newest counted submission of the person through the same source; null when there
    ///   is none within the window
    @Nullable DeliveryState ofPerson(Submission submission, String leadId) {
        long window = submission.getPersonWindowSeconds();
        var known = window == 0 ? null : store.get(personKey(submission, leadId));
        if (known == null
                || known.getReceivedAt() == null
                || known.getFirstId().equals(submission.getSubmissionId())) {
            return null;
        }
        var apart = Duration.between(known.getReceivedAt(), submission.getReceivedAt()).abs();
        return apart.toSeconds() < window ? known : null;
    }

    private static String personKey(Submission submission, String leadId) {
        return Hash.of("person", submission.getSiteId(), scope(submission), leadId);
    }

    void rememberPerson(Submission submission, String leadId) {
        long window = submission.getPersonWindowSeconds();
        if (window == 0) {
            return;
        }
        String key = personKey(submission, leadId);
        if (standsForLater(key, submission)) {
            return;
        }
        var expiresAt = submission.getReceivedAt().plusSeconds(window);
        store.put(key, state(submission, "accepted", null, leadId, expiresAt));
        expiries.at(expiresAt, EXPIRY, key);
    }

    private boolean standsForLater(String key, Submission submission) {
        var known = store.get(key);
        return known != null
                && known.getReceivedAt() != null
                && known.getReceivedAt().isAfter(submission.getReceivedAt());
    }

    private static DeliveryState state(
            Submission submission,
            String outcome,
            @Nullable String code,
            @Nullable String leadId,
            Instant expiresAt) {
        return DeliveryState.newBuilder()
                .setFirstId(submission.getSubmissionId())
                .setLeadId(leadId)
                .setBodyHash(submission.getBodyHash())
                .setOutcome(outcome)
                .setCode(code)
                .setExpiresAt(expiresAt)
                .setReceivedAt(submission.getReceivedAt())
                .setSourceId(submission.getSourceId())
                .build();
    }

    static boolean expired(DeliveryState delivery, Instant at) {
        return !delivery.getExpiresAt().equals(NEVER) && !delivery.getExpiresAt().isAfter(at);
    }

    void remember(
            @Nullable String key,
            Submission submission,
            String outcome,
            @Nullable String code,
            @Nullable String leadId) {
        if (key == null || standsForLater(key, submission)) {
            return;
        }
        long window = window(submission);
        var expiresAt = window == 0 ? NEVER : submission.getReceivedAt().plusSeconds(window);
        store.put(key, state(submission, outcome, code, leadId, expiresAt));
        if (window != 0) {
            expiries.at(expiresAt, EXPIRY, key);
        }
    }

    private long window(Submission submission) {
        long wanted = submission.getDuplicateWindowSeconds();
        return submission.getDedupKind().equals(BODY_HASH)
                ? Math.min(wanted, longestOfBodies.toSeconds())
                : wanted;
    }

    @Nullable DeliveryState fact(String siteId, String factId) {
        return store.get(factKey(siteId, factId));
    }

    void rememberFact(String siteId, String factId, @Nullable String leadId) {
        store.put(
                factKey(siteId, factId),
                DeliveryState.newBuilder()
                        .setFirstId(factId)
                        .setLeadId(leadId)
                        .setOutcome("recorded")
                        .setExpiresAt(NEVER)
                        .build());
    }

    /// Unless it was renewed since.
    void forget(String key, Instant now) {
        var known = store.get(key);
        if (known != null && expired(known, now)) {
            store.delete(key);
        }
    }
}
