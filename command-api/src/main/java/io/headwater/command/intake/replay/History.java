package io.headwater.command.intake.replay;

import io.headwater.command.platform.Refused;
import io.headwater.events.Pii;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.schema.PersonalData;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The submissions of one source as they stand, folded from the events of its site: what was read
/// of each, with all edits and corrections since, and what the new mapping reads of it.
final class History {

    /// A fold of more would not fit beside the rest of the application.
    private static final int MOST = 200_000;

    private final String sourceId;
    private final Function<Submission, Optional<Submission>> before;
    private final Function<Submission, Optional<Submission>> reading;
    private final Map<String, Kept> submissions = new LinkedHashMap<>();

    /// @param before by the mapping that it came through; empty when that is not known
    /// @param reading by the new mapping; empty when it means nothing any more
    History(
            String sourceId,
            Function<Submission, Optional<Submission>> before,
            Function<Submission, Optional<Submission>> reading) {
        this.sourceId = sourceId;
        this.before = before;
        this.reading = reading;
    }

    enum Place {
        LEAD,
        WAITING,
        ELSEWHERE
    }

    /// @param inForce what counts now
    /// @param before what the mapping reads now that it came through or was corrected by: where the
    ///   new one reads the same, a difference to what counts has another cause, such as a newer
    ///   list of networks; null: not known
    /// @param again what the new mapping reads; null: nothing
    /// @param problem why it waits, or null
    /// @param problemAgain what is wrong with what the new mapping reads, or null
    /// @param byHand fields that people changed: no mapping overwrites them
    record Kept(
            Submission origin,
            Place place,
            @Nullable String leadId,
            Map<String, String> inForce,
            @Nullable Map<String, String> before,
            @Nullable Map<String, String> again,
            @Nullable String problem,
            @Nullable String problemAgain,
            Set<String> byHand) {

        Kept at(Place next) {
            return new Kept(
                    origin, next, leadId, inForce, before, again, problem, problemAgain, byHand);
        }

        /// @return names of what a correction would change
        Set<String> changes() {
            if (again == null) {
                return Set.of();
            }
            var names = Readings.differing(inForce, again);
            if (before != null) {
                names.retainAll(Readings.differing(before, again));
            }
            names.removeAll(byHand);
            return names;
        }
    }

    Map<String, Kept> submissions() {
        return submissions;
    }

    /// @throws Refused when there are more submissions than can be held
    void apply(SpecificRecord event) {
        switch (event) {
            case LeadCaptured captured ->
                    came(captured.getSubmission(), Place.LEAD, captured.getLeadId());
            case LeadResubmitted again ->
                    came(again.getSubmission(), Place.LEAD, again.getLeadId());
            case SubmissionQuarantined waiting ->
                    came(waiting.getSubmission(), Place.WAITING, null);
            case SubmissionEdited edited ->
                    changed(
                            edited.getSubmissionId(),
                            edited.getBefore(),
                            edited.getAfter(),
                            byHand(edited.getActor()));
            case LeadCorrected corrected ->
                    changed(
                            corrected.getSubmissionId(),
                            corrected.getBefore(),
                            corrected.getAfter(),
                            corrected.getPlanId() == null && byHand(corrected.getActor()));
            case SubmissionRejected rejected ->
                    submissions.computeIfPresent(
                            rejected.getSubmissionId(), (_, kept) -> kept.at(Place.ELSEWHERE));
            default -> elsewhere(event);
        }
    }

    private static boolean byHand(String actor) {
        return actor.startsWith("user:") || actor.startsWith("key:");
    }

    /// Duplicates, tests, blocked and refused ones: they have no lead to be corrected.
    private void elsewhere(SpecificRecord event) {
        var field = event.getSchema().getField("submission");
        if (field != null && event.get(field.pos()) instanceof Submission submission) {
            came(submission, Place.ELSEWHERE, null);
        }
    }

    private void came(Submission submission, Place place, @Nullable String leadId) {
        if (!sourceId.equals(submission.getSourceId())) {
            return;
        }
        var known = submissions.get(submission.getSubmissionId());
        if (known == null && submissions.size() >= MOST) {
            throw new Refused(
                    Refused.Reason.UNACCEPTABLE,
                    "too-many-submissions",
                    "The source has more than " + MOST + " submissions in these days; take fewer.");
        }
        var again =
                place == Place.ELSEWHERE ? Optional.<Submission>empty() : reading.apply(submission);
        submissions.put(
                submission.getSubmissionId(),
                new Kept(
                        Submission.newBuilder(submission).setPayload(null).build(),
                        place,
                        leadId,
                        Readings.of(submission),
                        place == Place.ELSEWHERE
                                ? null
                                : before.apply(submission).map(Readings::of).orElse(null),
                        again.map(Readings::of).orElse(null),
                        submission.getProblem(),
                        again.map(Submission::getProblem).orElse(null),
                        known == null ? Set.of() : known.byHand()));
    }

    private void changed(
            String submissionId, Map<String, Pii> before, Map<String, Pii> after, boolean byHand) {
        var kept = submissions.get(submissionId);
        if (kept == null) {
            return;
        }
        var names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> !Readings.covers(name));
        var inForce = overwritten(kept.inForce(), names, after);
        var read = kept.before();
        var hands = new HashSet<>(kept.byHand());
        if (byHand) {
            hands.addAll(names);
        }
        submissions.put(
                submissionId,
                new Kept(
                        kept.origin(),
                        kept.place(),
                        kept.leadId(),
                        inForce,
                        byHand || read == null ? read : overwritten(read, names, after),
                        kept.again(),
                        kept.problem(),
                        kept.problemAgain(),
                        Set.copyOf(hands)));
    }

    private static Map<String, String> overwritten(
            Map<String, String> values, Set<String> names, Map<String, Pii> after) {
        var changed = new TreeMap<>(values);
        for (String name : names) {
            String value = PersonalData.open(after.get(name));
            if (value == null) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
        }
        return changed;
    }
}
