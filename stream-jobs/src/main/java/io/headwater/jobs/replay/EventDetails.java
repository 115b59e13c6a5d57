package io.headwater.jobs.replay;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.PersonalData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one event says in words: those of a batch are in `EventsTracked.details`, once it is
/// opened; before there was a vault each event had its own.
///
/// @param element selector or label
/// @param data JSON object as text
record EventDetails(@Nullable String element, @Nullable String data) {

    /// @param batch opened
    /// @return one for each of its events
    /// @throws tools.jackson.core.JacksonException when the details are no JSON
    static List<EventDetails> of(EventsTracked batch, JsonMapper json) {
        String text = PersonalData.open(batch.getDetails());
        JsonNode told = text == null ? json.createArrayNode() : json.readTree(text);
        var details = new ArrayList<EventDetails>(batch.getEvents().size());
        for (int i = 0; i < batch.getEvents().size(); i++) {
            details.add(of(batch.getEvents().get(i), told.path(i)));
        }
        return details;
    }

    private static EventDetails of(TrackedEvent event, JsonNode told) {
        return new EventDetails(
                told.path("element").asString(event.getElement()),
                told.path("data").asString(event.getData()));
    }
}
