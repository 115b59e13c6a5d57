package io.headwater.command.lead;

import io.headwater.command.platform.axon.Expiries;
import io.headwater.events.lead.Submission;
import io.headwater.state.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What was delivered before, by dedup key within its scope, and facts by their id.
///
/// An entry with a window is forgotten after it; without one it stays, like the lead it belongs to.
final class Deliveries {

    static final String IDEMPOTENCY_KEY = "idempotency_key";
    static final String EXPIRY = "delivery";
    private static final String BODY_HASH = "body_hash";
    private static final String NONE = "none";
    private static final Instant NEVER = Instant.EPOCH;

    private final KeyValueStore<String, DeliveryState> store;
    private final Expiries expiries;
    private final Duration longestOfBodies;

    /// @param longestOfBodies equal bodies are no duplicates after this, whatever the source says:
    ///   a person who comes back must count
    Deliveries(
            KeyValueStore<String, DeliveryState> store,
            Expiries expiries,
            Duration longestOfBodies) {
        this.store = store;
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

    /// @return null when there was none or it does not count any more
    @Nullable DeliveryState first(@Nullable String key, Instant at) {
        var known = key == null ? null : store.get(key);
        return known == null || expired(known, at) ? null : known;
    }

    private static boolean expired(DeliveryState delivery, Instant at) {
        return !delivery.getExpiresAt().equals(NEVER) && !delivery.getExpiresAt().isAfter(at);
    }

    void remember(
            @Nullable String key,
            Submission submission,
            String outcome,
            @Nullable String code,
            @Nullable String leadId) {
        if (key == null) {
            return;
        }
        long window = window(submission);
        var expiresAt = window == 0 ? NEVER : submission.getReceivedAt().plusSeconds(window);
        store.put(
                key,
                new DeliveryState(
                        submission.getSubmissionId(),
                        leadId,
                        submission.getBodyHash(),
                        outcome,
                        code,
                        expiresAt));
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
                new DeliveryState(factId, leadId, "", "recorded", null, NEVER));
    }

    /// Unless it was renewed since.
    void forget(String key, Instant now) {
        var known = store.get(key);
        if (known != null && expired(known, now)) {
            store.delete(key);
        }
    }
}
