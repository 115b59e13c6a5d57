package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fact that somebody wants no more mail, or that none can reach them.
final class Unsubscribed {

    private Unsubscribed() {}

    /// @param id the provider's of this event
    /// @param from list, message or subscription that was left; null: all
    /// @throws UnreadableBodyException when it is about nobody
    static Normalised fact(
            @Nullable String id,
            @Nullable String from,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String fullName,
            @Nullable Instant at,
            JsonNode payload) {
        if (id == null || (email == null && phone == null)) {
            throw new UnreadableBodyException("the event has no id, or names nobody");
        }
        return Normalised.fact(
                new FactItem(
                        id,
                        "unsubscribed",
                        from,
                        email,
                        phone,
                        fullName,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        at,
                        payload));
    }
}
