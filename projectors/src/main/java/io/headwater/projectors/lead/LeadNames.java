package io.headwater.projectors.lead;

import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.projectors.platform.fold.Outcome;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What an event of a site tells of: every lead, submission and fact whose state [LeadChange] reads
/// or writes for it. Leads hang together by merges, submissions with those they are duplicates of.
final class LeadNames {

    static final String LEAD = "lead:";
    static final String SUBMISSION = "submission:";
    static final String FACT = "fact:";
    static final String EVENT = "event:";

    private LeadNames() {}

    static Set<String> of(SpecificRecord event) {
        var names = new HashSet<String>();
        add(names, LEAD, TimelineFold.leadOf(event));
        add(names, SUBMISSION, SubmissionFold.changedBy(event));
        add(names, SUBMISSION, QuarantineFold.stayOf(event));
        Outcome outcome = Outcome.of(event);
        if (outcome != null) {
            add(names, LEAD, outcome.leadId());
            add(names, SUBMISSION, outcome.submission().getSubmissionId());
            add(names, SUBMISSION, outcome.duplicateOf());
        }
        switch (event) {
            case LeadMerged e -> add(names, LEAD, e.getIntoLeadId());
            case LeadUnmerged e -> add(names, LEAD, e.getFromLeadId());
            case LeadAbsorbed e -> add(names, LEAD, e.getMergedLeadId());
            case LeadReleased e -> add(names, LEAD, e.getMergedLeadId());
            case FactRecorded e -> add(names, FACT, e.getFact().getFactId());
            case FactAttributed e -> add(names, FACT, e.getFactId());
            default -> {
                // tells of one lead or submission, which is there already
            }
        }
        return names;
    }

    private static void add(Set<String> names, String kind, @Nullable String id) {
        if (id != null) {
            names.add(kind + id);
        }
    }
}
