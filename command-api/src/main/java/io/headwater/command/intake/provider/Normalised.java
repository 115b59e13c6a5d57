package io.headwater.command.intake.provider;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.SubmissionItem;
import java.util.ArrayList;
import java.util.List;

/// What one delivery, or one element of it, says.
///
/// @param ignored why authentic events in it mean nothing to us, a reason each: words of a preset,
///   never text from outside
public record Normalised(
        List<SubmissionItem> submissions, List<FactItem> facts, List<String> ignored) {

    public static Normalised submission(SubmissionItem item) {
        return new Normalised(List.of(item), List.of(), List.of());
    }

    public static Normalised fact(FactItem item) {
        return new Normalised(List.of(), List.of(item), List.of());
    }

    public static Normalised ignored(String reason) {
        return new Normalised(List.of(), List.of(), List.of(reason));
    }

    /// @return all of them, in this order
    public static Normalised all(List<Normalised> parts) {
        var submissions = new ArrayList<SubmissionItem>();
        var facts = new ArrayList<FactItem>();
        var ignored = new ArrayList<String>();
        for (Normalised part : parts) {
            submissions.addAll(part.submissions);
            facts.addAll(part.facts);
            ignored.addAll(part.ignored);
        }
        return new Normalised(submissions, facts, ignored);
    }

    /// @return submissions and facts in it
    public int size() {
        return submissions.size() + facts.size();
    }
}
