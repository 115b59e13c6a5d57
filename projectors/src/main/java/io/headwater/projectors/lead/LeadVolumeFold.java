package io.headwater.projectors.lead;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.projectors.platform.fold.SubmissionFields;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Copies;
import io.headwater.state.SubmissionState;
import io.headwater.views.LeadVolumeRow;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// Lead events to what they add to the volume. Every submission counts once, as it stands: one that
/// is released, rejected, edited or corrected leaves its old row and enters its new one, and a lead
/// that is merged is no person of its own any more. Kept for that: submissions without anything
/// personal.
final class LeadVolumeFold implements Fold {

    private static final String SUBMISSIONS = "lead-volume-submissions";
    private static final String CAPTURES = "lead-volume-captures";

    private final FoldStore<SubmissionState> submissions;
    private final FoldStore<String> captures;

    LeadVolumeFold(FoldStores stores) {
        submissions = stores.records(SUBMISSIONS);
        captures = stores.texts(CAPTURES);
    }

    static Set<StoreBuilder<?>> stores(View view) {
        return Set.of(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(CAPTURES),
                                Serdes.String(),
                                Serdes.String())
                        .withCachingEnabled(),
                view.<SubmissionState>store(SUBMISSIONS));
    }

    @Override
    public List<LeadVolumeRow> fold(
            @Nullable String site, SpecificRecord event, SourcePosition position) {
        String id = submissionOf(event);
        if (id == null) {
            return List.of();
        }
        SubmissionState before = submissions.get(id);
        SubmissionState after = after(before, event);
        var deltas = LeadVolumeDeltas.between(before, after, position);
        submissions.put(id, after);
        if (event instanceof LeadCaptured captured) {
            captures.put(captured.getLeadId(), id);
        }
        return deltas;
    }

    /// @return null for events that change no count
    private @Nullable String submissionOf(SpecificRecord event) {
        return switch (event) {
            case LeadMerged e -> capture(captures.get(e.getLeadId()), event);
            case LeadUnmerged e -> capture(captures.get(e.getLeadId()), event);
            default -> {
                Outcome outcome = Outcome.of(event);
                yield outcome == null
                        ? SubmissionFold.changedBy(event)
                        : outcome.submission().getSubmissionId();
            }
        };
    }

    private static String capture(@Nullable String id, SpecificRecord event) {
        if (id == null) {
            throw new UnfoldableException(
                    event.getSchema().getName() + " of a lead that was never captured");
        }
        return id;
    }

    private static SubmissionState after(@Nullable SubmissionState before, SpecificRecord event) {
        Outcome outcome = Outcome.of(event);
        if (outcome != null) {
            return impersonal(SubmissionFold.decided(outcome, event, before, null));
        }
        if (before != null && (event instanceof LeadMerged || event instanceof LeadUnmerged)) {
            return Copies.builder(before, SubmissionState.newBuilder())
                    .setMerged(event instanceof LeadMerged)
                    .build();
        }
        return impersonal(SubmissionFold.changed(before, event));
    }

    private static SubmissionState impersonal(SubmissionState state) {
        return Copies.builder(state, SubmissionState.newBuilder())
                .setSubmission(SubmissionFields.impersonal(state.getSubmission()))
                .build();
    }
}
