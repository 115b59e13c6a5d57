package io.headwater.command.lead;

import io.headwater.command.platform.Refused;
import io.headwater.events.lead.Submission;
import io.headwater.state.QuarantineState;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Submissions that wait for somebody, and what became of those that waited: released and rejected
/// ones stay as a note without the submission, so that doing it again changes nothing.
final class Quarantine {

    static final String WAITING = "waiting";
    static final String RELEASED = "released";
    static final String REJECTED = "rejected";

    private final KeyValueStore<String, QuarantineState> store;

    Quarantine(KeyValueStore<String, QuarantineState> store) {
        this.store = store;
    }

    /// Its first event was that it was quarantined.
    void take(Submission submission, String code, String detail) {
        store.put(
                key(submission.getSiteId(), submission.getSubmissionId()),
                QuarantineState.newBuilder()
                        .setStatus(WAITING)
                        .setCode(code)
                        .setDetail(detail)
                        .setSubmission(submission)
                        .setSequence(1)
                        .build());
    }

    /// @throws Refused when no submission of this site with this id was ever quarantined
    QuarantineState of(String siteId, String submissionId) {
        var known = store.get(key(siteId, submissionId));
        if (known == null) {
            throw new Refused(
                    Refused.Reason.UNKNOWN,
                    "unknown-submission",
                    "No submission of this id is or was in the site's quarantine.");
        }
        return known;
    }

    /// @return null when no submission of this site with this id was ever quarantined
    @Nullable QuarantineState find(String siteId, String submissionId) {
        return store.get(key(siteId, submissionId));
    }

    void put(String siteId, String submissionId, QuarantineState state) {
        store.put(key(siteId, submissionId), state);
    }

    private static String key(String siteId, String submissionId) {
        return siteId + "_" + submissionId;
    }

    /// @throws Refused when it does not wait any more
    static Submission waiting(QuarantineState state) {
        if (!state.getStatus().equals(WAITING)) {
            throw over(state);
        }
        return Objects.requireNonNull(state.getSubmission());
    }

    static Refused over(QuarantineState state) {
        return state.getStatus().equals(RELEASED)
                ? new Refused(
                        Refused.Reason.RULE_VIOLATED,
                        "already-released",
                        "The submission was released from the quarantine before.")
                : new Refused(
                        Refused.Reason.RULE_VIOLATED,
                        "already-rejected",
                        "The submission was rejected before.");
    }
}
