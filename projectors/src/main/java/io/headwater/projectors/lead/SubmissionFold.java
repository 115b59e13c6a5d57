package io.headwater.projectors.lead;

import io.headwater.events.Pii;
import io.headwater.events.lead.Consent;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.projectors.platform.fold.SubmissionFields;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Copies;
import io.headwater.state.SubmissionState;
import io.headwater.views.SubmissionRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// One submission as it stands: what became of it, after edits in the quarantine and corrections by
/// a later mapping.
final class SubmissionFold {

    private SubmissionFold() {}

    /// @return the submission that an event changes; null when none
    static @Nullable String changedBy(SpecificRecord event) {
        return switch (event) {
            case SubmissionEdited e -> e.getSubmissionId();
            case SubmissionRejected e -> e.getSubmissionId();
            case LeadCorrected e -> e.getSubmissionId();
            default -> null;
        };
    }

    /// @param previous of a submission that was released; null at its first outcome
    /// @param first the submission it is a duplicate of; null when unknown or none
    static SubmissionState decided(
            Outcome outcome,
            SpecificRecord event,
            @Nullable SubmissionState previous,
            @Nullable SubmissionState first) {
        var state =
                SubmissionState.newBuilder()
                        .setSubmission(outcome.submission())
                        .setOutcome(outcome.name())
                        .setCode(outcome.code())
                        .setDetail(outcome.detail())
                        .setLeadId(outcome.leadId())
                        .setDuplicateOf(outcome.duplicateOf())
                        .setEdits(previous == null ? 0 : previous.getEdits())
                        .setCaptured(event instanceof LeadCaptured);
        if (first != null) {
            Submission s = first.getSubmission();
            state.setDuplicateReceivedAt(s.getReceivedAt())
                    .setDuplicateSourceId(
                            s.getSourceId() == null ? s.getChannel() : s.getSourceId());
        }
        if (event instanceof SubmissionDuplicated verdict) {
            origin(state, verdict);
        }
        return state.build();
    }

    /// The verdict knows the first one also where it is no submission that was kept; a first one
    /// that came through no source is told by its channel.
    private static void origin(SubmissionState.Builder state, SubmissionDuplicated verdict) {
        if (verdict.getFirstReceivedAt() != null) {
            state.setDuplicateReceivedAt(verdict.getFirstReceivedAt());
        }
        if (verdict.getFirstSourceId() != null) {
            state.setDuplicateSourceId(verdict.getFirstSourceId());
        }
    }

    /// @throws UnfoldableException when the submission is not known
    static SubmissionState changed(@Nullable SubmissionState previous, SpecificRecord event) {
        if (previous == null) {
            throw new UnfoldableException(
                    event.getSchema().getName() + " of a submission that never came in");
        }
        return switch (event) {
            case SubmissionEdited e ->
                    told(with(previous, e.getBefore(), e.getAfter(), null), e.getConsents())
                            .setEdits(previous.getEdits() + 1)
                            .build();
            case LeadCorrected e ->
                    with(previous, e.getBefore(), e.getAfter(), e.getMappingVersion())
                            .setEdits(previous.getEdits() + 1)
                            .build();
            case SubmissionRejected e ->
                    Copies.builder(previous, SubmissionState.newBuilder())
                            .setOutcome(Outcome.Kind.REFUSED.text())
                            .setCode(e.getReasonCode())
                            .setDetail(e.getReason())
                            .build();
            default -> previous;
        };
    }

    /// @param consents told now; empty: as before
    private static SubmissionState.Builder told(
            SubmissionState.Builder state, List<Consent> consents) {
        return consents.isEmpty()
                ? state
                : state.setSubmission(
                        Copies.builder(state.getSubmission(), Submission.newBuilder())
                                .setConsents(consents)
                                .build());
    }

    private static SubmissionState.Builder with(
            SubmissionState previous,
            Map<String, Pii> before,
            Map<String, Pii> after,
            @Nullable Integer mappingVersion) {
        var submission =
                SubmissionFields.with(previous.getSubmission(), names(before, after), after);
        if (mappingVersion != null) {
            submission =
                    Copies.builder(submission, Submission.newBuilder())
                            .setMappingVersion(mappingVersion)
                            .build();
        }
        return Copies.builder(previous, SubmissionState.newBuilder()).setSubmission(submission);
    }

    /// @return fields of which one side tells, by name
    static Set<String> names(Map<String, Pii> before, Map<String, Pii> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names;
    }

    static SubmissionRow row(SubmissionState state, SourcePosition position) {
        Submission s = state.getSubmission();
        return SubmissionRow.newBuilder()
                .setSubmissionId(s.getSubmissionId())
                .setSiteId(s.getSiteId())
                .setLeadId(state.getLeadId())
                .setOutcome(state.getOutcome())
                .setCode(state.getCode())
                .setDetail(state.getDetail())
                .setDuplicateOf(state.getDuplicateOf())
                .setDuplicateReceivedAt(state.getDuplicateReceivedAt())
                .setDuplicateSourceId(state.getDuplicateSourceId())
                .setReceiptId(s.getReceiptId())
                .setChannel(s.getChannel())
                .setSourceId(s.getSourceId())
                .setProvider(s.getProvider())
                .setIntegrationId(s.getIntegrationId())
                .setFormId(s.getFormId())
                .setFirstName(Contact.firstName(s))
                .setLastName(s.getLastName())
                .setFullName(s.getFullName())
                .setEmail(s.getEmail())
                .setPhone(s.getPhone())
                .setMessage(s.getMessage())
                .setProjectName(s.getProjectName())
                .setSource(Sources.of(s))
                .setLeadSource(s.getLeadSource())
                .setUtmSource(s.getUtmSource())
                .setUtmCampaign(s.getUtmCampaign())
                .setCountry(s.getCountry())
                .setDeviceType(s.getDeviceType())
                .setVisitorId(s.getVisitorId())
                .setSessionId(s.getSessionId())
                .setTimeToSubmitSeconds(s.getTimeToSubmitSeconds())
                .setPayload(s.getPayload())
                .setExternalId(s.getExternalId())
                .setAsn(s.getAsn())
                .setAsName(s.getAsName())
                .setHosting(s.getHosting())
                .setBrowser(s.getBrowser())
                .setOs(s.getOs())
                .setBotAgent(s.getBotAgent())
                .setBotScore(s.getBotScore())
                .setDisposableEmail(s.getDisposableEmail())
                .setCompetitorEmail(s.getCompetitorEmail())
                .setMappingVersion(s.getMappingVersion())
                .setProblem(s.getProblem())
                .setReleased(s.getReleased())
                .setImported(s.getImported())
                .setEdits(state.getEdits())
                .setTrustedFormUrl(s.getTrustedFormUrl())
                .setLeadidToken(s.getLeadidToken())
                .setReceivedAt(s.getReceivedAt())
                .setSubmittedAt(s.getSubmittedAt())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }
}
