package io.headwater.command.lead;

import io.headwater.command.lead.Agreement.Answer;
import io.headwater.command.lead.Agreement.Given;
import io.headwater.events.lead.Submission;
import io.headwater.state.PermissionAnswer;
import io.headwater.state.PermissionState;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/// What each lead agreed to, by lead id; nothing is kept of who was asked nothing.
final class Permissions {

    private final RecentReads<PermissionState> store;

    Permissions(KeyValueStore<String, PermissionState> store) {
        this.store = new RecentReads<>(store);
    }

    Agreement of(String leadId) {
        var known = store.get(leadId);
        return known == null ? Agreement.NONE : restored(known);
    }

    /// What a submission of the lead tells, also one that is a duplicate for everything else.
    void learn(String leadId, Submission submission) {
        if (!submission.getConsents().isEmpty()) {
            var before = of(leadId);
            put(leadId, before, before.with(submission));
        }
    }

    /// @param purposes none: all
    void withdraw(String leadId, Collection<String> purposes, By by) {
        var before = of(leadId);
        put(leadId, before, before.withdrawn(purposes, by.at(), by.commandId()));
    }

    void forget(Set<String> leadIds) {
        leadIds.forEach(store::delete);
    }

    private void put(String leadId, Agreement before, Agreement now) {
        if (!now.equals(before)) {
            store.put(leadId, saved(now));
        }
    }

    private static PermissionState saved(Agreement agreement) {
        var all = agreement.all();
        return PermissionState.newBuilder()
                .setAnswers(
                        agreement.answers().entrySet().stream()
                                .map(one ->
                                        new PermissionAnswer(
                                                one.getKey(),
                                                word(one.getValue().answer()),
                                                one.getValue().at(),
                                                one.getValue().toldBy()))
                                .toList())
                .setWithdrawnAt(all == null ? null : all.at())
                .setWithdrawnBy(all == null ? null : all.toldBy())
                .build();
    }

    private static Agreement restored(PermissionState state) {
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
        return new Agreement(
                answers, at == null || by == null ? null : new Given(Answer.WITHDRAWN, at, by));
    }

    static String word(Answer answer) {
        return answer.name().toLowerCase(Locale.ROOT);
    }
}
