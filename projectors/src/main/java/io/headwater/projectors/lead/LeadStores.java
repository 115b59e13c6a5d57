package io.headwater.projectors.lead;

import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.Staged;
import io.headwater.state.LeadNoteState;
import io.headwater.state.SubmissionState;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.QuarantineRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// What is kept between two events of a site.
///
/// @param leads by lead id
/// @param submissions by submission id
/// @param linked submission ids, by `lead|offset` of their outcome: the order they were linked in
/// @param absorbed leads merged into one, by `lead|merged lead`
/// @param facts by fact id
/// @param quarantine by submission id
/// @param appointments by `lead|appointment ref`
/// @param notes facts, by `lead|fact id`; without a lead while it did not appear
/// @param takenBack ids of facts that count no more for the lead that stands for theirs, by
///   `lead|fact id`
record LeadStores(
        Staged<LeadRow> leads,
        Staged<SubmissionState> submissions,
        Staged<String> linked,
        Staged<String> absorbed,
        Staged<ProviderFactRow> facts,
        Staged<QuarantineRow> quarantine,
        Staged<LeadAppointmentRow> appointments,
        Staged<LeadNoteState> notes,
        Staged<String> takenBack) {

    private static final String LEADS = "lead-rows";
    private static final String SUBMISSIONS = "submission-states";
    private static final String LINKED = "lead-submissions";
    private static final String ABSORBED = "absorbed-leads";
    private static final String FACTS = "fact-rows";
    private static final String QUARANTINE = "quarantine-rows";
    private static final String APPOINTMENTS = "appointment-rows";
    private static final String NOTES = "lead-notes";
    private static final String TAKEN_BACK = "taken-back-facts";

    static Set<StoreBuilder<?>> builders(View view) {
        // In one order: the graph is compared with the one that was checked.
        return new LinkedHashSet<>(
                List.of(
                        texts(ABSORBED),
                        view.<LeadAppointmentRow>store(APPOINTMENTS),
                        view.<ProviderFactRow>store(FACTS),
                        view.<LeadRow>store(LEADS),
                        texts(LINKED),
                        view.<LeadNoteState>store(NOTES),
                        view.<QuarantineRow>store(QUARANTINE),
                        view.<SubmissionState>store(SUBMISSIONS),
                        texts(TAKEN_BACK)));
    }

    static LeadStores of(FoldStores stores) {
        return new LeadStores(
                new Staged<>(stores.records(LEADS)),
                new Staged<>(stores.records(SUBMISSIONS)),
                new Staged<>(stores.texts(LINKED)),
                new Staged<>(stores.texts(ABSORBED)),
                new Staged<>(stores.records(FACTS)),
                new Staged<>(stores.records(QUARANTINE)),
                new Staged<>(stores.records(APPOINTMENTS)),
                new Staged<>(stores.records(NOTES)),
                new Staged<>(stores.texts(TAKEN_BACK)));
    }

    private static StoreBuilder<?> texts(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String())
                .withCachingEnabled();
    }

    void keep() {
        all().forEach(Staged::keep);
    }

    void forget() {
        all().forEach(Staged::forget);
    }

    private List<Staged<?>> all() {
        return List.of(
                leads,
                submissions,
                linked,
                absorbed,
                facts,
                quarantine,
                appointments,
                notes,
                takenBack);
    }

    void link(String leadId, long offset, String submissionId) {
        linked.put(leadId + "|" + String.format(Locale.ROOT, "%020d", offset), submissionId);
    }

    /// @return in the order they were linked in
    List<SubmissionState> submissionsOf(String leadId) {
        return linked.valuesOf(leadId + "|").stream()
                .map(submissions::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /// @return the lead and all that were merged into it, and into those
    List<String> group(String leadId) {
        var group = new LinkedHashSet<String>();
        var ahead = new ArrayDeque<>(List.of(leadId));
        while (!ahead.isEmpty()) {
            String one = ahead.pop();
            if (group.add(one)) {
                ahead.addAll(absorbed.valuesOf(one + "|"));
            }
        }
        return List.copyOf(group);
    }

    /// @return the lead and those that stand for it, nearest first
    List<LeadRow> survivors(String leadId) {
        var rows = new ArrayList<LeadRow>();
        var seen = new LinkedHashSet<String>();
        @Nullable String one = leadId;
        while (one != null && seen.add(one)) {
            LeadRow row = leads.get(one);
            if (row == null) {
                break;
            }
            rows.add(row);
            one = row.getMergedInto();
        }
        return rows;
    }

    /// @return the lead with those merged into it
    WholeLead whole(String leadId) {
        LeadRow own = Objects.requireNonNull(leads.get(leadId), leadId);
        if (absorbed.startingWith(leadId + "|").isEmpty()) {
            return new WholeLead(own, List.of());
        }
        var merged =
                group(leadId).stream().skip(1).map(leads::get).filter(Objects::nonNull).toList();
        return new WholeLead(own, merged);
    }
}
