package io.headwater.projectors.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.AppointmentChanged;
import io.headwater.events.lead.ConsentWithdrawn;
import io.headwater.events.lead.CrmActivityRecorded;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.EraseWithdrawn;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadAssigned;
import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadCrmLinked;
import io.headwater.events.lead.LeadLost;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadNoted;
import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadReturned;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.events.lead.SubjectErased;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Copies;
import io.headwater.views.LeadRow;
import java.time.Instant;
import java.util.HashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What happens to a lead after it was captured. Times are those that events tell, so that facts
/// told late stand where they belong.
final class LifeFold {

    /// A CRM that does not say which one it is.
    private static final String SOME_CRM = "crm";

    /// Cause of a stage: what ended the lead before counts no more.
    static final String REOPEN = "reopen";

    private LifeFold() {}

    /// @return the lead whose life an event is about; null when none
    static @Nullable String leadOf(SpecificRecord event) {
        return switch (event) {
            case LeadStageChanged e -> e.getLeadId();
            case LeadAssigned e -> e.getLeadId();
            case LeadContacted e -> e.getLeadId();
            case AppointmentChanged e -> e.getLeadId();
            case LeadQuoted e -> e.getLeadId();
            case LeadWon e -> e.getLeadId();
            case LeadLost e -> e.getLeadId();
            case LeadReturned e -> e.getLeadId();
            case RefundRecorded e -> e.getLeadId();
            case LeadMerged e -> e.getLeadId();
            case LeadAbsorbed e -> e.getLeadId();
            case LeadUnmerged e -> e.getLeadId();
            case LeadReleased e -> e.getLeadId();
            case LeadNoted e -> e.getLeadId();
            case LeadCrmLinked e -> e.getLeadId();
            case CrmActivityRecorded e -> e.getLeadId();
            case EraseRequested e -> e.getLeadId();
            case EraseWithdrawn e -> e.getLeadId();
            case SubjectErased e -> e.getLeadId();
            case ConsentWithdrawn e -> e.getLeadId();
            case LeadCorrected e -> e.getLeadId();
            default -> null;
        };
    }

    static LeadRow.Builder fold(LeadRow previous, SpecificRecord event) {
        var row = Copies.builder(previous, LeadRow.newBuilder());
        EventMeta meta =
                switch (event) {
                    case LeadStageChanged e -> stage(row, e);
                    case LeadAssigned e -> {
                        row.setAssignee(e.getAssignee())
                                .setTeam(e.getTeam())
                                .setAssignedAt(e.getAt());
                        yield e.getMeta();
                    }
                    case LeadContacted e -> contacted(row, e);
                    case LeadQuoted e -> {
                        row.setQuotes(row.getQuotes() + 1)
                                .setQuotedAt(later(row.getQuotedAt(), e.getAt()));
                        yield e.getMeta();
                    }
                    case LeadWon e -> {
                        entered(row, e.getStage(), "won", e.getAt())
                                .setWonAt(e.getAt())
                                .setWonReference(e.getReference());
                        yield e.getMeta();
                    }
                    case LeadLost e -> {
                        entered(row, e.getStage(), "lost", e.getAt())
                                .setLostAt(e.getAt())
                                .setLostReason(e.getReasonCode());
                        yield e.getMeta();
                    }
                    case LeadReturned e -> {
                        entered(row, e.getStage(), "returned", e.getAt())
                                .setReturnedAt(e.getAt())
                                .setReturnReason(e.getReasonCode());
                        yield e.getMeta();
                    }
                    case LeadMerged e -> {
                        row.setMergedInto(e.getIntoLeadId()).setMergedAt(e.getAt());
                        yield e.getMeta();
                    }
                    case LeadUnmerged e -> {
                        row.setMergedInto(null).setMergedAt(null);
                        yield e.getMeta();
                    }
                    case LeadCrmLinked e -> linked(row, e);
                    case EraseRequested e -> {
                        row.setEraseRequestedAt(earlier(row.getEraseRequestedAt(), e.getAt()));
                        yield e.getMeta();
                    }
                    case EraseWithdrawn e -> {
                        row.setEraseRequestedAt(null);
                        yield e.getMeta();
                    }
                    case SubjectErased e -> e.getMeta();
                    case ConsentWithdrawn e -> e.getMeta();
                    case LeadCorrected e -> {
                        row.setCorrections(row.getCorrections() + 1);
                        yield e.getMeta();
                    }
                    case AppointmentChanged e -> e.getMeta();
                    case RefundRecorded e -> e.getMeta();
                    case LeadAbsorbed e -> e.getMeta();
                    case LeadReleased e -> e.getMeta();
                    case LeadNoted e -> e.getMeta();
                    case CrmActivityRecorded e -> e.getMeta();
                    default ->
                            throw new UnfoldableException(
                                    event.getSchema().getName() + " is about no lead");
                };
        return row.setVersion(meta.getSequence());
    }

    private static EventMeta stage(LeadRow.Builder row, LeadStageChanged event) {
        entered(row, event.getToStage(), event.getToKind(), event.getAt())
                .setStatusCause(event.getCause());
        if (event.getCause().equals(REOPEN)) {
            row.setWonAt(null)
                    .setWonReference(null)
                    .setLostAt(null)
                    .setLostReason(null)
                    .setReturnedAt(null)
                    .setReturnReason(null);
        }
        return event.getMeta();
    }

    /// By what ends it; [LeadStageChanged] says the same of every other stage.
    private static LeadRow.Builder entered(
            LeadRow.Builder row, String stage, String kind, Instant at) {
        return row.setStatus(stage).setStatusKind(kind).setStatusSince(at).setStatusCause(kind);
    }

    private static EventMeta contacted(LeadRow.Builder row, LeadContacted event) {
        row.setContactAttempts(row.getContactAttempts() + 1)
                .setFirstContactAt(earlier(row.getFirstContactAt(), event.getAt()));
        if (event.getReached()) {
            row.setFirstReachedAt(earlier(row.getFirstReachedAt(), event.getAt()));
        }
        return event.getMeta();
    }

    private static EventMeta linked(LeadRow.Builder row, LeadCrmLinked event) {
        var ids = new HashMap<>(row.getCrmIds());
        ids.put(event.getCrm() == null ? SOME_CRM : event.getCrm(), event.getCrmLeadId());
        row.setCrmIds(ids);
        if (event.getCrmUrl() != null) {
            row.setCrmUrl(event.getCrmUrl());
        }
        return event.getMeta();
    }

    private static Instant earlier(@Nullable Instant known, Instant told) {
        return known == null || told.isBefore(known) ? told : known;
    }

    private static Instant later(@Nullable Instant known, Instant told) {
        return known == null || told.isAfter(known) ? told : known;
    }
}
