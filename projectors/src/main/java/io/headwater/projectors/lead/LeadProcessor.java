package io.headwater.projectors.lead;

import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// One lead event to the rows it changes: a submission, a fact, a lead. All rows are folded before
/// any is stored, so an event that does not fold leaves no half.
final class LeadProcessor
        extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {

    static final String LEADS = "lead-rows";
    static final String FACTS = "fact-rows";

    private @Nullable KeyValueStore<String, LeadRow> leads;
    private @Nullable KeyValueStore<String, ProviderFactRow> facts;

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        leads = context.getStateStore(LEADS);
        facts = context.getStateStore(FACTS);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        var leads = java.util.Objects.requireNonNull(this.leads);
        var facts = java.util.Objects.requireNonNull(this.facts);
        SpecificRecord event = record.value();
        var position = SourcePosition.of(context().recordMetadata().orElseThrow());
        List<SpecificRecord> rows = new ArrayList<>(2);

        Outcome outcome = Outcome.of(event);
        if (outcome != null) {
            rows.add(SubmissionFold.fold(outcome, position));
        }
        String factId = factOf(event);
        ProviderFactRow fact = null;
        if (factId != null) {
            fact = FactFold.fold(facts.get(factId), event, position);
            rows.add(fact);
        }
        String leadId = LeadFold.leadOf(event);
        if (leadId != null) {
            LeadRow lead = LeadFold.fold(leads.get(leadId), event, position);
            rows.add(lead);
            leads.put(leadId, lead);
        }
        if (fact != null) {
            facts.put(factId, fact);
        }
        for (SpecificRecord row : rows) {
            context().forward(new Record<>(RowKey.of(row), row, record.timestamp()));
        }
    }

    private static @Nullable String factOf(SpecificRecord event) {
        return switch (event) {
            case FactRecorded e -> e.getFact().getFactId();
            case FactAttributed e -> e.getFactId();
            default -> null;
        };
    }
}
