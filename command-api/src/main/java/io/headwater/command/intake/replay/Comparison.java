package io.headwater.command.intake.replay;

import io.headwater.command.intake.plan.Plan;
import io.headwater.command.platform.web.body.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a new mapping would make of the submissions of a source, counted, with examples.
final class Comparison {

    private static final int EXAMPLES = 5;

    /// Problems that no mapping solves.
    private static final Set<String> NOT_OF_THE_MAPPING =
            Set.of("cap-reached", "hydration-failed", "idempotency-key-reused");

    enum Verdict {
        UNCHANGED,
        CHANGED,
        NEWLY_VALID,
        NEWLY_REJECTED,
        STILL_QUARANTINED,
        /// duplicates, tests, blocked and rejected ones
        NOT_AFFECTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private final Map<Verdict, ArrayNode> examples = new EnumMap<>(Verdict.class);
    private final List<Plan.Item> items = new ArrayList<>();

    static Comparison of(History history) {
        var comparison = new Comparison();
        history.submissions().values().forEach(comparison::add);
        return comparison;
    }

    static Verdict verdict(History.Kept kept) {
        return switch (kept.place()) {
            case ELSEWHERE -> Verdict.NOT_AFFECTED;
            case WAITING ->
                    kept.again() == null
                                    || kept.problemAgain() != null
                                    || !kept.byHand().isEmpty()
                                    || NOT_OF_THE_MAPPING.contains(String.valueOf(kept.problem()))
                            ? Verdict.STILL_QUARANTINED
                            : Verdict.NEWLY_VALID;
            case LEAD ->
                    kept.again() == null || kept.problemAgain() != null
                            ? Verdict.NEWLY_REJECTED
                            : kept.changes().isEmpty() ? Verdict.UNCHANGED : Verdict.CHANGED;
        };
    }

    private void add(History.Kept kept) {
        var verdict = verdict(kept);
        counts.merge(verdict, 1, Integer::sum);
        if (verdict == Verdict.CHANGED || verdict == Verdict.NEWLY_VALID) {
            items.add(
                    new Plan.Item(
                            items.size(),
                            kept.origin().getSiteId(),
                            kept.origin().getSubmissionId(),
                            verdict.toString()));
        }
        if (verdict != Verdict.NOT_AFFECTED && verdict != Verdict.UNCHANGED) {
            var shown =
                    examples.computeIfAbsent(verdict, _ -> JsonNodeFactory.instance.arrayNode());
            if (shown.size() < EXAMPLES) {
                shown.add(example(kept));
            }
        }
    }

    private static ObjectNode example(History.Kept kept) {
        var example =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("submission_id", kept.origin().getSubmissionId())
                        .put("received_at", kept.origin().getReceivedAt().toString());
        if (kept.leadId() != null) {
            example.put("lead_id", kept.leadId());
        }
        if (kept.problem() != null) {
            example.put("problem_before", kept.problem());
        }
        if (kept.again() == null) {
            example.put("problem_after", "ignored");
        } else if (kept.problemAgain() != null) {
            example.put("problem_after", kept.problemAgain());
        }
        var again = kept.again();
        if (again != null) {
            var changes = example.putArray("changes");
            for (String field : kept.changes()) {
                changes.addObject()
                        .put("field", field)
                        .put("before", Masked.of(field, kept.inForce().get(field)))
                        .put("after", Masked.of(field, again.get(field)));
            }
        }
        return example;
    }

    /// Those that applying the mapping would do something about.
    List<Plan.Item> items() {
        return items;
    }

    /// @param read records of the site that were read
    ObjectNode result(long read) {
        var result = JsonNodeFactory.instance.objectNode().put("events_read", read);
        for (var verdict : Verdict.values()) {
            result.put(verdict.toString(), counts.getOrDefault(verdict, 0));
        }
        var shown = result.putObject("examples");
        examples.forEach((verdict, list) -> shown.set(verdict.toString(), list));
        return (ObjectNode) Json.clean(result);
    }
}
