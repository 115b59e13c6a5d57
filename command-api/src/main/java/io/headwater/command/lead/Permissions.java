package io.headwater.command.lead;

import io.headwater.command.lead.Agreement.Answer;
import io.headwater.command.lead.Agreement.Given;
import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.state.PermissionAnswer;
import io.headwater.state.PermissionState;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueStore;

/// What each lead agreed to, and where they may be found on lists, by lead id.
final class Permissions {

    private final RecentReads<PermissionState> store;
    private final Namer names;

    Permissions(KeyValueStore<String, PermissionState> store, Namer names) {
        this.store = new RecentReads<>(store);
        this.names = names;
    }

    record Known(Agreement agreement, Reach reach) {

        static final Known NOTHING = new Known(Agreement.NONE, Reach.NONE);

        Known and(Known other) {
            return new Known(agreement.and(other.agreement), reach.and(other.reach));
        }
    }

    Known of(String leadId) {
        var known = store.get(leadId);
        return known == null ? Known.NOTHING : restored(known);
    }

    /// What a submission of the lead tells, also one that is a duplicate for everything else.
    void learn(String leadId, Submission submission) {
        var before = of(leadId);
        var reach =
                names.reach(submission.getSiteId(), submission.getEmail(), submission.getPhone());
        put(
                leadId,
                before,
                new Known(before.agreement().with(submission), before.reach().and(reach)));
    }

    /// What a correction tells; what was there before may be used all the same.
    ///
    /// @param after values by field of a submission
    void correct(String leadId, Map<String, Pii> after) {
        var before = of(leadId);
        String site = leadId.substring(0, leadId.lastIndexOf('_'));
        var reach = names.reach(site, after.get("email"), after.get("phone"));
        put(leadId, before, new Known(before.agreement(), before.reach().and(reach)));
    }

    /// @param purposes none: all
    void withdraw(String leadId, Collection<String> purposes, By by) {
        var before = of(leadId);
        var agreement = before.agreement().withdrawn(purposes, by.at(), by.commandId());
        put(leadId, before, new Known(agreement, before.reach()));
    }

    void forget(Set<String> leadIds) {
        leadIds.forEach(store::delete);
    }

    private void put(String leadId, Known before, Known now) {
        if (!now.equals(before)) {
            store.put(leadId, saved(now));
        }
    }

    private static PermissionState saved(Known known) {
        var all = known.agreement().all();
        return PermissionState.newBuilder()
                .setAnswers(
                        known.agreement().answers().entrySet().stream()
                                .map(one ->
                                        new PermissionAnswer(
                                                one.getKey(),
                                                word(one.getValue().answer()),
                                                one.getValue().at(),
                                                one.getValue().toldBy()))
                                .toList())
                .setWithdrawnAt(all == null ? null : all.at())
                .setWithdrawnBy(all == null ? null : all.toldBy())
                .setEmails(List.copyOf(known.reach().emails()))
                .setPhones(List.copyOf(known.reach().phones()))
                .setOverfull(known.reach().overfull())
                .build();
    }

    private static Known restored(PermissionState state) {
        var answers = new TreeMap<String, Given>();
        for (var one : state.getAnswers()) {
            answers.put(
                    one.getPurpose(),
                    new Given(
                            Answer.valueOf(one.getAnswer().toUpperCase(Locale.ROOT)),
                            one.getAt(),
                            one.getToldBy()));
        }
        var at = state.getWithdrawnAt();
        var by = state.getWithdrawnBy();
        return new Known(
                new Agreement(
                        answers,
                        at == null || by == null ? null : new Given(Answer.WITHDRAWN, at, by)),
                new Reach(
                        new TreeSet<>(state.getEmails()),
                        new TreeSet<>(state.getPhones()),
                        state.getOverfull()));
    }

    static String word(Answer answer) {
        return answer.name().toLowerCase(Locale.ROOT);
    }
}
