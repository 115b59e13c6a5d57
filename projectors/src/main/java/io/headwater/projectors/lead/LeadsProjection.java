package io.headwater.projectors.lead;

import io.headwater.events.EventMeta;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldProcessor;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.KeyedProjection;
import io.headwater.schema.Topics;
import io.headwater.views.ConsentRow;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import io.headwater.views.LeadTimelineRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.QuarantineRow;
import io.headwater.views.SubmissionChangeRow;
import io.headwater.views.SubmissionRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.springframework.stereotype.Component;

/// Leads with what happens to them, submissions, the quarantine and provider facts.
///
/// in: `lead.events.v1`, key = site id · out: `view.leads`, same partition
///
/// No repartitioning: everything about a lead is in the partition of its site, the leads merged
/// into it included. Every change is written out at once: leads are few. The state keeps every
/// submission whole, because an edit or a correction tells only what it changes.
@Component
public class LeadsProjection implements KeyedProjection {

    @Override
    public String name() {
        return "leads";
    }

    @Override
    public int foldVersion() {
        return 3;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.LEAD_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(
                LeadRow.class,
                LeadMoneyRow.class,
                LeadTimelineRow.class,
                LeadAppointmentRow.class,
                SubmissionRow.class,
                SubmissionChangeRow.class,
                QuarantineRow.class,
                ProviderFactRow.class,
                ConsentRow.class);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var rows =
                view.events(builder, Topics.LEAD_EVENTS.name())
                        .process(
                                FoldProcessor.<SpecificRecord>of(this, LeadStores.builders(view)),
                                Named.as("lead-fold"));
        view.rowsBySource(rows, "lead-out");
    }

    @Override
    public Fold fold(FoldStores from) {
        var stores = LeadStores.of(from);
        return (site, event, position) -> LeadChange.fold(stores, event, position);
    }

    /// As the producer chooses it for the site's key.
    @Override
    public Class<? extends SpecificRecord> keys() {
        return LeadRow.class;
    }

    @Override
    public int partitionOf(String leadId, int partitions) {
        byte[] site = siteOf(leadId).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(site)) % partitions;
    }

    @Override
    public boolean mayConcern(String leadId, String site) {
        return site.equals(siteOf(leadId));
    }

    @Override
    public String nameOf(String leadId) {
        return LeadNames.LEAD + leadId;
    }

    @Override
    public Set<String> names(String site, SpecificRecord event) {
        return LeadNames.of(event);
    }

    @Override
    public String ownName(SpecificRecord event) {
        return LeadNames.EVENT + meta(event).getEventId();
    }

    @Override
    public Instant recordedAt(SpecificRecord event, Instant appendedAt) {
        return meta(event).getOccurredAt();
    }

    @Override
    public Set<String> rowKeys(String leadId) {
        return Set.of();
    }

    @Override
    public List<SpecificRecord> rowsOf(String leadId, Collection<SpecificRecord> rows) {
        return LeadRows.of(leadId, rows);
    }

    @Override
    public Map<String, Scope> scopes(String leadId, List<SpecificRecord> own) {
        return LeadRows.scopes(leadId, own);
    }

    @Override
    public Map<String, String> hints() {
        return Map.of(
                "lead_id", LeadNames.LEAD,
                "merged_into", LeadNames.LEAD,
                "submission_id", LeadNames.SUBMISSION,
                "duplicate_of", LeadNames.SUBMISSION,
                "fact_id", LeadNames.FACT,
                "event_id", LeadNames.EVENT);
    }

    /// A lead's id is that of its site, an underscore and 32 digits.
    private static String siteOf(String leadId) {
        int end = leadId.lastIndexOf('_');
        return end < 0 ? leadId : leadId.substring(0, end);
    }

    private static EventMeta meta(SpecificRecord event) {
        return (EventMeta) event.get(event.getSchema().getField("meta").pos());
    }
}
