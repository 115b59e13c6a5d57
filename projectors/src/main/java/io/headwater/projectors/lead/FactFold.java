package io.headwater.projectors.lead;

import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.ProviderFact;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Copies;
import io.headwater.views.ProviderFactRow;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Appointments and payments, attributed at once or when their lead appears.
final class FactFold {

    private FactFold() {}

    /// @throws UnfoldableException when a fact is attributed that was never recorded
    static ProviderFactRow fold(
            @Nullable ProviderFactRow previous, SpecificRecord event, SourcePosition position) {
        return switch (event) {
            case FactRecorded recorded -> row(recorded, position);
            case FactAttributed attributed when previous != null ->
                    Copies.builder(previous, ProviderFactRow.newBuilder())
                            .setLeadId(attributed.getLeadId())
                            .setSrcPartition(position.partition())
                            .setSrcOffset(position.offset())
                            .build();
            default ->
                    throw new UnfoldableException(
                            event.getSchema().getName() + " of a fact that was never recorded");
        };
    }

    private static ProviderFactRow row(FactRecorded event, SourcePosition position) {
        ProviderFact fact = event.getFact();
        return ProviderFactRow.newBuilder()
                .setFactId(fact.getFactId())
                .setSiteId(fact.getSiteId())
                .setLeadId(event.getLeadId())
                .setSourceId(fact.getSourceId())
                .setProvider(fact.getProvider())
                .setKind(fact.getKind())
                .setExternalRef(fact.getExternalRef())
                .setPreviousRef(fact.getPreviousRef())
                .setEmail(fact.getEmail())
                .setFullName(fact.getFullName())
                .setAmountMinor(fact.getAmountMinor())
                .setCurrency(fact.getCurrency())
                .setStartsAt(fact.getStartsAt())
                .setTest(fact.getTest())
                .setOccurredAt(fact.getOccurredAt())
                .setReceivedAt(fact.getReceivedAt())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }
}
