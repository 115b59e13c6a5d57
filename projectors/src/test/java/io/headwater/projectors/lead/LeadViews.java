package io.headwater.projectors.lead;

import static java.util.Objects.requireNonNull;

import io.headwater.projectors.FoldDriver;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import io.headwater.views.LeadTimelineRow;
import io.headwater.views.QuarantineRow;
import io.headwater.views.SubmissionChangeRow;
import io.headwater.views.SubmissionRow;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/// The view of leads while events of one site come in.
final class LeadViews implements AutoCloseable {

    private final FoldDriver driver;
    private final Map<String, SpecificRecord> rows = new TreeMap<>();

    LeadViews(Path folder) {
        driver = new FoldDriver(new LeadsProjection(), folder);
    }

    LeadViews send(SpecificRecord... events) {
        for (SpecificRecord event : events) {
            driver.send(Topics.LEAD_EVENTS.name(), SampleEvents.SITE, event);
        }
        rows.putAll(driver.rows());
        return this;
    }

    LeadRow lead() {
        return lead(SampleEvents.LEAD);
    }

    LeadRow lead(String leadId) {
        return row(LeadRow.class, "leads", leadId);
    }

    SubmissionRow submission() {
        return submission(SampleEvents.SUBMISSION);
    }

    SubmissionRow submission(String id) {
        return row(SubmissionRow.class, "submissions", id);
    }

    QuarantineRow quarantine() {
        return row(QuarantineRow.class, "quarantine", SampleEvents.SUBMISSION);
    }

    LeadMoneyRow money(String leadId, String currency) {
        return row(LeadMoneyRow.class, "lead_money", leadId, currency);
    }

    LeadAppointmentRow appointment(String ref) {
        return row(LeadAppointmentRow.class, "lead_appointments", SampleEvents.LEAD, ref);
    }

    List<LeadTimelineRow> timeline(String leadId) {
        return all(LeadTimelineRow.class).stream()
                .filter(row -> row.getLeadId().equals(leadId))
                .sorted(Comparator.comparing(LeadTimelineRow::getSrcOffset))
                .toList();
    }

    List<SubmissionChangeRow> changes() {
        return all(SubmissionChangeRow.class);
    }

    int deadLetters() {
        return driver.deadLetters().size();
    }

    private <T extends SpecificRecord> T row(Class<T> type, String table, Object... key) {
        return type.cast(requireNonNull(rows.get(RowKey.of(table, key)), table));
    }

    <T extends SpecificRecord> List<T> all(Class<T> type) {
        return rows.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
