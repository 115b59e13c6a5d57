package io.headwater.command.intake.quarantine;

import io.headwater.events.command.CommandResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a submission, or would, as administrators see it.
public final class OutcomeView {

    private OutcomeView() {}

    /// @return a document that further members may be put into
    public static Map<String, Object> of(CommandResult result) {
        var values = result.getValues();
        var view = new LinkedHashMap<String, Object>();
        put(view, "submission_id", values.get("submission_id"));
        view.put("outcome", result.getOutcome());
        put(view, "code", result.getCode());
        put(view, "detail", result.getDetail());
        put(view, "lead_id", values.get("lead_id"));
        if (values.containsKey("created")) {
            view.put("new_lead", Boolean.valueOf(values.get("created")));
        }
        put(view, "already", values.get("already"));
        put(view, "problem", values.get("problem"));
        if (values.containsKey("revision")) {
            view.put("revision", Integer.valueOf(values.get("revision")));
        }
        if (values.containsKey("duplicate_of")) {
            view.put("duplicate_of", duplicateOf(values));
        }
        return view;
    }

    private static Map<String, Object> duplicateOf(Map<String, String> values) {
        var first = new LinkedHashMap<String, Object>();
        first.put("submission_id", values.get("duplicate_of"));
        put(first, "lead_id", values.get("duplicate_of_lead_id"));
        put(first, "source_id", values.get("duplicate_of_source_id"));
        put(first, "received_at", values.get("duplicate_of_received_at"));
        if (values.containsKey("duplicate_age_seconds")) {
            first.put("age_seconds", Long.valueOf(values.get("duplicate_age_seconds")));
        }
        put(first, "rule", values.get("rule"));
        return first;
    }

    private static void put(Map<String, Object> view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value);
        }
    }
}
