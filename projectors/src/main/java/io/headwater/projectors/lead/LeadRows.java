package io.headwater.projectors.lead;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.fold.KeyedProjection.Scope;
import io.headwater.views.ConsentRow;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import io.headwater.views.LeadTimelineRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.QuarantineRow;
import io.headwater.views.SubmissionChangeRow;
import io.headwater.views.SubmissionRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Which rows are of a lead: those that name it, and of its submissions the stay in quarantine and
/// every change.
final class LeadRows {

    private static final List<Schema> BY_LEAD =
            List.of(
                    LeadRow.getClassSchema(),
                    LeadMoneyRow.getClassSchema(),
                    LeadTimelineRow.getClassSchema(),
                    LeadAppointmentRow.getClassSchema(),
                    SubmissionRow.getClassSchema(),
                    ProviderFactRow.getClassSchema(),
                    ConsentRow.getClassSchema());

    private static final List<Schema> BY_SUBMISSION =
            List.of(SubmissionChangeRow.getClassSchema(), QuarantineRow.getClassSchema());

    private LeadRows() {}

    static List<SpecificRecord> of(String leadId, Collection<SpecificRecord> rows) {
        var submissions = submissions(leadId, rows);
        return rows.stream().filter(row -> isOf(row, leadId, submissions)).toList();
    }

    static Map<String, Scope> scopes(String leadId, Collection<SpecificRecord> own) {
        var scopes = new HashMap<String, Scope>();
        BY_LEAD.forEach(
                row -> scopes.put(RowKey.table(row), new Scope("lead_id", List.of(leadId))));
        var submissions = List.copyOf(submissions(leadId, own));
        BY_SUBMISSION.forEach(
                row -> scopes.put(RowKey.table(row), new Scope("submission_id", submissions)));
        return scopes;
    }

    private static boolean isOf(SpecificRecord row, String leadId, Set<String> submissions) {
        return BY_SUBMISSION.contains(row.getSchema())
                ? submissions.contains(text(row, "submission_id"))
                : leadId.equals(text(row, "lead_id"));
    }

    private static Set<String> submissions(String leadId, Collection<SpecificRecord> rows) {
        return rows.stream()
                .filter(row ->
                        row instanceof SubmissionRow submission
                                && leadId.equals(submission.getLeadId()))
                .map(row -> ((SubmissionRow) row).getSubmissionId())
                .collect(Collectors.toSet());
    }

    private static @Nullable String text(SpecificRecord row, String column) {
        return (String) row.get(row.getSchema().getField(column).pos());
    }
}
