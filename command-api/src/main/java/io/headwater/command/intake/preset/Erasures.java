package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A provider says that a person wants to be forgotten.
final class Erasures {

    static final String KIND = "erase_requested";

    private Erasures() {}

    /// @param lead the provider's id of the lead, as in `Submission.external_id`
    /// @param email null: the provider names the lead by its id alone
    static FactItem of(
            String factId,
            String lead,
            @Nullable String email,
            @Nullable Instant occurredAt,
            JsonNode payload) {
        return new FactItem(
                factId,
                KIND,
                lead,
                email,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                occurredAt,
                payload);
    }
}
