package io.headwater.command.lead;

import io.headwater.events.lead.Submission;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What somebody agreed to: of every purpose the newest answer counts, whenever it was told. Of
/// answers of one time the one that allows less counts.
///
/// @param answers by purpose
/// @param all to everything at once, which only a withdrawal can be; null: none
record Agreement(SortedMap<String, Given> answers, @Nullable Given all) {

    static final Agreement NONE = new Agreement(new TreeMap<>(), null);

    /// Purposes are words of senders: whoever invents more is not listened to. What was withdrawn
    /// always counts.
    private static final int MOST_PURPOSES = 100;

    /// In the order of how much it allows, the least last.
    enum Answer {
        GRANTED,
        REFUSED,
        WITHDRAWN
    }

    /// @param at when they answered
    /// @param toldBy submission and place in it, from 0; of a withdrawal the command
    record Given(Answer answer, Instant at, String toldBy) {

        private boolean outdoes(@Nullable Given other) {
            return other == null
                    || at.isAfter(other.at)
                    || (at.equals(other.at) && answer.compareTo(other.answer) > 0);
        }
    }

    /// With the consents of a submission. One that says not what for allows nothing and forbids
    /// nothing.
    Agreement with(Submission submission) {
        var next = this;
        int place = 0;
        for (var consent : submission.getConsents()) {
            var given =
                    new Given(
                            consent.getGranted() ? Answer.GRANTED : Answer.REFUSED,
                            earlier(consent.getAt(), submission.getReceivedAt()),
                            submission.getSubmissionId() + ":" + place++);
            for (String purpose : consent.getPurposes()) {
                next = next.with(purpose, given);
            }
        }
        return next;
    }

    /// @param purposes none: all
    Agreement withdrawn(Collection<String> purposes, Instant at, String commandId) {
        var given = new Given(Answer.WITHDRAWN, at, commandId);
        if (purposes.isEmpty()) {
            return given.outdoes(all) ? new Agreement(answers, given) : this;
        }
        var next = this;
        for (String purpose : purposes) {
            next = next.with(purpose, given);
        }
        return next;
    }

    /// Whether a withdrawal would change what counts.
    boolean canBeWithdrawn(Collection<String> purposes, Instant at) {
        var given = new Given(Answer.WITHDRAWN, at, "");
        return purposes.isEmpty()
                ? all == null
                        || answers.values().stream()
                                .anyMatch(one ->
                                        one.answer() != Answer.WITHDRAWN
                                                && one.outdoes(all)
                                                && given.outdoes(one))
                : purposes.stream()
                        .map(this::of)
                        .anyMatch(one ->
                                one == null
                                        || (one.answer() != Answer.WITHDRAWN
                                                && given.outdoes(one)));
    }

    /// Of two leads that are one person.
    Agreement and(Agreement other) {
        var next = this;
        for (var one : other.answers.entrySet()) {
            next = next.with(one.getKey(), one.getValue());
        }
        return other.all != null && other.all.outdoes(next.all)
                ? new Agreement(next.answers, other.all)
                : next;
    }

    /// @return null: nobody knows
    @Nullable Given of(String purpose) {
        var own = answers.get(purpose);
        return own == null || (all != null && all.outdoes(own)) ? all : own;
    }

    private Agreement with(String purpose, Given given) {
        var known = answers.get(purpose);
        boolean room =
                known != null
                        || answers.size() < MOST_PURPOSES
                        || given.answer() == Answer.WITHDRAWN;
        if (!room || !given.outdoes(known)) {
            return this;
        }
        var next = new TreeMap<>(answers);
        next.put(purpose, given);
        return new Agreement(next, all);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
