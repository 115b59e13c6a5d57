package io.headwater.command.lead;

import io.headwater.command.lead.life.LifeProblem;
import io.headwater.command.lead.life.Pipeline;
import io.headwater.command.platform.axon.Folded;
import io.headwater.command.platform.axon.TaskScope;
import io.headwater.command.platform.vault.NamesOfPeople;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the rules of one partition of sites share: its stores, and the leads in them.
final class LeadDesk {

    static final String IDENTITIES = "identities";
    static final String DELIVERIES = "deliveries";
    static final String QUARANTINE = "quarantine";
    static final String WAITING = "waiting";
    static final String WAITING_UNDER = "waiting-under";
    static final String PERMISSIONS = "permissions";

    private final TaskScope scope;
    private final Duration reengageAfter;
    private final IdentityIndex identities;
    private final Deliveries deliveries;
    private final Quarantine quarantine;
    private final WaitingFacts waiting;
    private final Permissions permissions;
    private final Namer names;

    LeadDesk(TaskScope scope, Duration reengageAfter, LeadMetrics metrics, NamesOfPeople people) {
        this.scope = scope;
        this.reengageAfter = reengageAfter;
        this.identities = new IdentityIndex(scope.store(IDENTITIES));
        this.deliveries =
                new Deliveries(
                        scope.store(DELIVERIES), scope.expiries(), longestOfBodies(reengageAfter));
        this.quarantine = new Quarantine(scope.store(QUARANTINE));
        this.waiting = new WaitingFacts(scope.store(WAITING), scope.store(WAITING_UNDER), metrics);
        this.names = new Namer(people);
        this.permissions = new Permissions(scope.store(PERMISSIONS), names);
    }

    /// Equal bodies are no duplicates after this: a person who comes back must count.
    static Duration longestOfBodies(Duration reengageAfter) {
        return reengageAfter.minusSeconds(1);
    }

    TaskScope scope() {
        return scope;
    }

    IdentityIndex identities() {
        return identities;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Quarantine quarantine() {
        return quarantine;
    }

    WaitingFacts waiting() {
        return waiting;
    }

    Permissions permissions() {
        return permissions;
    }

    Namer names() {
        return names;
    }

    @Nullable Folded<Lead> lead(String leadId) {
        return scope.entity(Lead.class, leadId);
    }

    /// The lead that an identity names: the survivor where that one was merged. So a merge moves no
    /// identity, and its undoing gives back exactly those that the lead had.
    @Nullable String leadOf(@Nullable String key) {
        String leadId = identities.leadOf(key);
        return leadId == null ? null : survivor(leadId);
    }

    /// @return of the first key that names one
    @Nullable String firstLeadOf(List<String> keys) {
        String leadId = identities.firstLeadOf(keys);
        return leadId == null ? null : survivor(leadId);
    }

    /// The lead that stands for this one: itself unless it was merged. Ends, for merges in a circle
    /// are refused.
    String survivor(String leadId) {
        String at = leadId;
        for (var lead = lead(at); lead != null; lead = lead(at)) {
            String into = lead.entity().life().mergedInto();
            if (into == null) {
                return at;
            }
            at = into;
        }
        return at;
    }

    /// All leads that are known to be the person of this one, which comes first.
    List<String> person(String leadId) {
        var person = new LinkedHashSet<String>();
        person.add(leadId);
        person.addAll(leadsOfPerson(leadId));
        return List.copyOf(person);
    }

    /// Takes back what the person agreed to, with each of their leads: they may be told apart
    /// again.
    ///
    /// @return whether that was news to any
    String withdraw(String leadId, By by, Pipeline pipeline, LeadAction.Withdraw withdraw) {
        boolean news = false;
        for (String one : person(leadId)) {
            if (permissions.of(one).agreement().canBeWithdrawn(withdraw.purposes(), by.at())) {
                decide(new LeadCommand.Change(one, by, pipeline, withdraw));
                permissions.withdraw(one, withdraw.purposes(), by);
                news = true;
            }
        }
        return news ? "changed" : "unchanged";
    }

    /// Asks for the person to be forgotten: all the leads that are known to be them.
    ///
    /// @return whether that was news to any
    String erase(String leadId, By by, Pipeline pipeline, LeadAction.Erase erase) {
        return outcome(decideAll(leadsOfPerson(leadId), by, pipeline, erase));
    }

    /// Takes that back, for all of them.
    ///
    /// @throws io.headwater.command.platform.Refused when nobody asked, or it is done
    String withdraw(String leadId, By by, Pipeline pipeline, LeadAction.WithdrawErasure withdraw) {
        if (!decideAll(leadsOfPerson(leadId), by, pipeline, withdraw)) {
            throw LifeProblem.ERASURE_NOT_REQUESTED.because(
                    "No wish to be forgotten is open for this lead.");
        }
        return outcome(true);
    }

    /// Forgets a person of whom that was asked: nothing finds the leads that are known to be them.
    ///
    /// @return whether that was news to any
    /// @throws io.headwater.command.platform.Refused when no such wish is open for any of them
    String forget(String leadId, By by, Pipeline pipeline, LeadAction.Forget forget) {
        var leads = leadsOfPerson(leadId);
        if (leads.stream().allMatch(this::isErased)) {
            return outcome(false);
        }
        if (leads.stream().noneMatch(id -> erasure(id).isOpen(forget.requestedAt()))) {
            throw LifeProblem.ERASURE_NOT_REQUESTED.because(
                    "The wish to be forgotten was withdrawn, or nobody asked.");
        }
        boolean news = decideAll(leads, by, pipeline, forget);
        if (news) {
            identities.forget(leads);
            permissions.forget(leads);
        }
        return outcome(news);
    }

    private static String outcome(boolean news) {
        return news ? "changed" : "unchanged";
    }

    private boolean decideAll(Set<String> leads, By by, Pipeline pipeline, LeadAction action) {
        boolean news = false;
        for (String leadId : leads) {
            news |= decide(new LeadCommand.Change(leadId, by, pipeline, action)).equals("changed");
        }
        return news;
    }

    /// The lead that stands for this one, and all that it stands for.
    private Set<String> leadsOfPerson(String leadId) {
        var leads = new LinkedHashSet<String>();
        collect(survivor(leadId), leads);
        return leads;
    }

    private void collect(String leadId, Set<String> leads) {
        var lead = lead(leadId);
        if (lead != null && leads.add(leadId)) {
            lead.entity().life().absorbed().keySet().forEach(merged -> collect(merged, leads));
        }
    }

    private Erasure erasure(String leadId) {
        var lead = lead(leadId);
        return lead == null ? Erasure.NONE : lead.entity().life().erasure();
    }

    /// Whether the person of the lead was forgotten.
    boolean isErased(String leadId) {
        return erasure(leadId).erasedAt() != null;
    }

    /// A later submission than this reopens the conversation.
    Duration reengageAfter() {
        return reengageAfter;
    }

    /// Lets the lead decide.
    ///
    /// @return the outcome that its handler told
    String decide(LeadCommand command) {
        return String.valueOf(scope.handle(command));
    }

    static String leadId(String siteId, String submissionId) {
        return siteId + "_" + submissionId.replace("-", "");
    }

    /// Values of an answer: those that are there.
    static Map<String, String> values(
            String name, String value, String optional, @Nullable String given) {
        var values = new LinkedHashMap<String, String>();
        values.put(name, value);
        if (given != null) {
            values.put(optional, given);
        }
        return values;
    }
}
