package io.headwater.command.lead;

import io.headwater.command.platform.axon.TaskScope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the rules of one partition of sites share: its stores, and the leads in them.
final class LeadDesk {

    static final String IDENTITIES = "identities";
    static final String DELIVERIES = "deliveries";
    static final String QUARANTINE = "quarantine";

    private final TaskScope scope;
    private final Duration reengageAfter;
    private final IdentityIndex identities;
    private final Deliveries deliveries;
    private final Quarantine quarantine;

    LeadDesk(TaskScope scope, Duration reengageAfter) {
        this.scope = scope;
        this.reengageAfter = reengageAfter;
        this.identities = new IdentityIndex(scope.store(IDENTITIES));
        this.deliveries =
                new Deliveries(
                        scope.store(DELIVERIES), scope.expiries(), reengageAfter.minusSeconds(1));
        this.quarantine = new Quarantine(scope.store(QUARANTINE));
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
