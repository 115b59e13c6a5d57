package io.headwater.bench;

import io.headwater.bench.LeadStory.Step;
import io.headwater.schema.SchemaIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// Fills the topics of the intake and of leads with people who came evenly over a time.
record LeadLoad(String bootstrap, SchemaIds ids) {

    private record Next(Step step, long number) {}

    private static final Comparator<Next> BY_TIME =
            Comparator.<Next, Instant>comparing(next -> next.step().at())
                    .thenComparingLong(Next::number);

    /// @param span until the last of them comes
    /// @return records written
    long fill(int people, Instant begin, Duration span) {
        try (var filler = new TopicFiller(bootstrap, ids)) {
            inOrder(
                    people,
                    begin,
                    span,
                    step -> filler.send(step.topic().name(), null, step.site(), step.record()));
            return filler.finish();
        }
    }

    /// Their stories beside each other, in the order of time.
    static void inOrder(int people, Instant begin, Duration span, Consumer<Step> told) {
        var ahead = new PriorityQueue<>(BY_TIME);
        long steps = 0;
        for (int person = 0; person < people; person++) {
            Instant comes = begin.plus(span.multipliedBy(person).dividedBy(people));
            tell(ahead, comes, told);
            for (Step step : LeadStory.of(person, comes)) {
                ahead.add(new Next(step, steps++));
            }
        }
        tell(ahead, Instant.MAX, told);
    }

    private static void tell(PriorityQueue<Next> ahead, Instant before, Consumer<Step> told) {
        while (!ahead.isEmpty() && ahead.element().step().at().isBefore(before)) {
            told.accept(ahead.remove().step());
        }
    }
}
