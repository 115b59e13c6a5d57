package io.headwater.query.intake;

import io.headwater.query.platform.access.Mask;
import io.headwater.query.platform.access.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A submission that is or was in quarantine.
///
/// @param code why it came there
/// @param problem what is still wrong with it after the edits; null: nothing
/// @param state waiting, released or rejected
/// @param planId the plan over many that decided it
/// @param outcome what a released one became
record QuarantineView(
        String submissionId,
        String siteId,
        @Nullable String sourceId,
        @Nullable String provider,
        String channel,
        String code,
        String detail,
        @Nullable String problem,
        String state,
        int edits,
        @Nullable Instant editedAt,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable String planId,
        @Nullable String rejectCode,
        @Nullable String rejectReason,
        @Nullable String outcome,
        @Nullable String leadId,
        Instant receivedAt,
        Instant quarantinedAt,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String projectName)
        implements Personal<QuarantineView> {

    @Override
    public QuarantineView masked() {
        return new QuarantineView(
                submissionId,
                siteId,
                sourceId,
                provider,
                channel,
                code,
                detail,
                problem,
                state,
                edits,
                editedAt,
                decidedAt,
                decidedBy,
                planId,
                rejectCode,
                rejectReason,
                outcome,
                leadId,
                receivedAt,
                quarantinedAt,
                firstName,
                lastName,
                Mask.email(email),
                Mask.phone(phone),
                projectName);
    }

    /// Of `read.quarantine` and, for the person, `read.submissions`.
    static final String COLUMNS =
            """
            quarantine.submission_id, quarantine.site_id, quarantine.source_id, quarantine.provider,
            quarantine.channel, quarantine.code, quarantine.detail, quarantine.problem, state,
            quarantine.edits, edited_at, decided_at, decided_by, plan_id, reject_code,
            reject_reason, quarantine.outcome, quarantine.lead_id, quarantine.received_at,
            quarantined_at, first_name, last_name, email, phone, project_name
            """;

    /// One field that was changed.
    ///
    /// @param before null: there was no value
    /// @param after null: there is none now
    /// @param actor user:&lt;name>, key:&lt;name>, import or system
    record Change(
            String eventId,
            String field,
            @Nullable String before,
            @Nullable String after,
            Instant changedAt,
            String actor) {}

    /// How many wait, by what is wrong with them.
    record Waiting(String code, long waiting, Instant oldest) {}
}
