package io.headwater.command.tracking;

import io.headwater.command.platform.web.body.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one event says in words. Those of a batch are sealed together, in `EventsTracked.details`:
/// one seal for a batch, whatever is in it.
///
/// @param element selector or label
/// @param data JSON object as text
record EventDetails(@Nullable String element, @Nullable String data) {

    private static final EventDetails NONE = new EventDetails(null, null);

    /// @param events in the order of the batch
    /// @return JSON; null when none says anything
    static @Nullable String write(List<EventDetails> events) {
        return events.stream().allMatch(NONE::equals)
                ? null
                : Json.write(events.stream().map(EventDetails::members).toList());
    }

    private Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        if (element != null) {
            members.put("element", element);
        }
        if (data != null) {
            members.put("data", data);
        }
        return members;
    }
}
