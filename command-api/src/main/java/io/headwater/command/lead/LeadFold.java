package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.state.FoldScope;
import io.headwater.command.platform.state.StateFold;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.events.EventMeta;
import io.headwater.events.lead.ConsentWithdrawn;
import io.headwater.events.lead.CrmActivityRecorded;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.SubjectErased;
import io.headwater.life.FactNote;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The stores of the lead decider, from its events; [LeadRules] fills them as it decides.
final class LeadFold implements StateFold<Lead> {

    private static final String CHANGED = "changed";

    private final FoldScope<Lead> scope;
    private final Namer names;
    private final IdentityIndex identities;
    private final Deliveries deliveries;
    private final WaitingFacts waiting;
    private final Permissions permissions;
    private final SubmissionFold submissions;

    LeadFold(FoldScope<Lead> scope, Duration reengageAfter, NamesOfPeople people) {
        this.scope = scope;
        this.names = new Namer(people);
        this.identities = new IdentityIndex(scope.store(LeadDesk.IDENTITIES));
        this.deliveries =
                new Deliveries(
                        scope.store(LeadDesk.DELIVERIES),
                        scope.expiries(),
                        LeadDesk.longestOfBodies(reengageAfter));
        this.waiting =
                new WaitingFacts(
                        scope.store(LeadDesk.WAITING),
                        scope.store(LeadDesk.WAITING_UNDER),
                        new LeadMetrics(new SimpleMeterRegistry()));
        this.permissions = new Permissions(scope.store(LeadDesk.PERMISSIONS), names);
        this.submissions =
                new SubmissionFold(
                        names,
                        identities,
                        deliveries,
                        permissions,
                        new Quarantine(scope.store(LeadDesk.QUARANTINE)));
    }

    @Override
    public @Nullable Lead entity(@Nullable Lead before, SpecificRecord event) {
        var read = LeadReader.read(event);
        return read == null ? null : LeadReader.fold(before, read);
    }

    @Override
    public Answer rest(String site, SpecificRecord event, @Nullable Answer before) {
        var settled = submissions.fold(site, event, LeadReader.meta(event));
        if (settled != null) {
            return settled;
        }
        return switch (event) {
            case FactRecorded e -> recorded(e);
            case FactAttributed e -> attributed(site, e, before);
            case LeadScored e ->
                    Answer.accepted("scored", e.getLeadId(), Map.of("lead_id", e.getLeadId()));
            case SubjectErased e -> {
                identities.forget(Set.of(e.getLeadId()));
                permissions.forget(Set.of(e.getLeadId()));
                yield lived(e.getMeta(), before);
            }
            case ConsentWithdrawn e -> {
                permissions.withdraw(e.getLeadId(), e.getPurposes(), LifeReader.by(e));
                yield lived(e.getMeta(), before);
            }
            case LeadCorrected e -> {
                permissions.correct(e.getLeadId(), e.getAfter());
                yield lived(e.getMeta(), before);
            }
            case CrmActivityRecorded e -> {
                deliveries.rememberFact(
                        site, Deliveries.activity(e.getLeadId(), e.getActivityId()), e.getLeadId());
                yield lived(LeadReader.meta(event), before);
            }
            default -> lived(LeadReader.meta(event), before);
        };
    }

    private Answer recorded(FactRecorded event) {
        var fact = event.getFact();
        String leadId = event.getLeadId();
        if (leadId != null) {
            identities.know(names.refs(fact), leadId);
        } else if (FactRule.waits(fact)) {
            waiting.add(FactNote.of(fact), names.of(fact));
        }
        deliveries.rememberFact(fact.getSiteId(), fact.getFactId(), leadId);
        return FactRule.answer("recorded", fact.getFactId(), leadId);
    }

    /// Belongs to a submission or to another fact, whose answer stands.
    private Answer attributed(String site, FactAttributed event, @Nullable Answer before) {
        waiting.remove(event.getFactId());
        deliveries.rememberFact(site, event.getFactId(), event.getLeadId());
        return before == null ? lived(event.getMeta(), null) : before;
    }

    /// What follows from a submission or a fact changes nothing about its answer; of several leads
    /// that one command changed the first was meant.
    private Answer lived(EventMeta meta, @Nullable Answer before) {
        String leadId = meta.getAggregateId();
        boolean otherwise =
                before != null
                        && !(before.outcome().equals(CHANGED)
                                && leadId.equals(before.aggregateId()));
        if (before != null && otherwise) {
            return before;
        }
        var values = new LinkedHashMap<String, String>();
        values.put("lead_id", leadId);
        var lead = scope.entity(leadId);
        if (lead != null) {
            values.put("status", lead.entity().life().stage());
            values.put("version", String.valueOf(lead.version()));
            String survivor = lead.entity().life().mergedInto();
            if (survivor != null) {
                values.put("survivor_id", survivor);
            }
            values.putAll(lead.entity().life().erasure().values());
        }
        return Answer.accepted(CHANGED, leadId, values);
    }

    @Override
    public void forget(String kind, String key, Instant now) {
        if (kind.equals(Deliveries.EXPIRY)) {
            deliveries.forget(key, now);
        }
    }
}
