package io.headwater.projectors.lead;

import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.state.LeadNoteState;
import io.headwater.state.SubmissionState;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What one event of a lead does to the rows. All rows are folded before any is kept, so an event
/// that does not fold leaves no half.
final class LeadChange {

    private final LeadStores stores;
    private final SpecificRecord event;
    private final SourcePosition position;
    private final List<SpecificRecord> rows = new ArrayList<>();

    private LeadChange(LeadStores stores, SpecificRecord event, SourcePosition position) {
        this.stores = stores;
        this.event = event;
        this.position = position;
    }

    /// @return the rows it changes, each key once
    /// @throws RuntimeException when the event does not follow on what is in the stores, which are
    ///   then as they were
    static List<SpecificRecord> fold(
            LeadStores stores, SpecificRecord event, SourcePosition position) {
        try {
            var rows = new LeadChange(stores, event, position).rows();
            stores.keep();
            return rows;
        } finally {
            stores.forget();
        }
    }

    private List<SpecificRecord> rows() {
        submission();
        ProviderFactRow fact = fact();
        String leadId = LeadFold.leadOf(event);
        if (leadId != null) {
            lead(leadId);
        } else {
            new LeadNotes(stores).on(event);
        }
        timeline(fact);
        return rows;
    }

    private void submission() {
        SubmissionState state = null;
        Outcome outcome = Outcome.of(event);
        String changed = SubmissionFold.changedBy(event);
        if (outcome != null) {
            String id = outcome.submission().getSubmissionId();
            String first = outcome.duplicateOf();
            state =
                    SubmissionFold.decided(
                            outcome,
                            event,
                            stores.submissions().get(id),
                            first == null ? null : stores.submissions().get(first));
            if (outcome.kind() == Outcome.Kind.ACCEPTED && outcome.leadId() != null) {
                stores.link(outcome.leadId(), position.offset(), id);
            }
        } else if (changed != null) {
            state = SubmissionFold.changed(stores.submissions().get(changed), event);
            rows.addAll(SubmissionChanges.of(event, state.getSubmission().getSiteId(), position));
        }
        if (state != null) {
            stores.submissions().put(state.getSubmission().getSubmissionId(), state);
            rows.add(SubmissionFold.row(state, position));
            rows.addAll(ConsentFold.rows(state, position));
        }
        String stay = QuarantineFold.stayOf(event);
        if (stay != null) {
            var row = QuarantineFold.fold(stores.quarantine().get(stay), event, state, position);
            stores.quarantine().put(stay, row);
            rows.add(row);
        }
    }

    private @Nullable ProviderFactRow fact() {
        String factId =
                switch (event) {
                    case FactRecorded e -> e.getFact().getFactId();
                    case FactAttributed e -> e.getFactId();
                    default -> null;
                };
        if (factId == null) {
            return null;
        }
        var row = FactFold.fold(stores.facts().get(factId), event, position);
        stores.facts().put(factId, row);
        rows.add(row);
        return row;
    }

    private void lead(String leadId) {
        LeadRow lead = LeadFold.fold(stores.leads().get(leadId), event, position);
        if (event instanceof LeadCorrected) {
            var submissions = stores.submissionsOf(leadId);
            if (!submissions.isEmpty()) {
                lead =
                        Contact.refilled(
                                lead,
                                submissions.stream().map(SubmissionState::getSubmission).toList());
            }
        }
        stores.leads().put(leadId, lead);
        var notes = new LeadNotes(stores);
        var changed = notes.on(event);
        for (LeadRow one : stores.survivors(leadId)) {
            if (changed.any()) {
                told(one, notes.of(one.getLeadId()), changed);
            }
            rows.add(stores.whole(one.getLeadId()).row(position));
        }
    }

    private void told(LeadRow lead, List<LeadNoteState> told, LeadNotes.Changed changed) {
        var facts = told.stream().map(LeadNotes::fact).toList();
        for (String currency : changed.currencies()) {
            rows.add(MoneyFold.row(lead, facts, currency, position));
        }
        if (changed.appointments()) {
            appointments(lead, told);
        }
    }

    private void appointments(LeadRow lead, List<LeadNoteState> told) {
        String prefix = lead.getLeadId() + "|";
        var now =
                AppointmentFold.rows(lead, told, stores.appointments().valuesOf(prefix), position);
        for (LeadAppointmentRow row : now) {
            String key = prefix + row.getAppointmentRef();
            if (!AppointmentFold.same(stores.appointments().get(key), row)) {
                stores.appointments().put(key, row);
                rows.add(row);
            }
        }
        stores.leads().put(lead.getLeadId(), AppointmentFold.summed(lead, now));
    }

    private void timeline(@Nullable ProviderFactRow fact) {
        String leadId = TimelineFold.leadOf(event);
        LeadRow lead = leadId == null ? null : stores.leads().get(leadId);
        if (lead != null && leadId != null) {
            rows.add(TimelineFold.row(event, leadId, lead.getSiteId(), fact, position));
        }
    }
}
