package io.headwater.command.intake.preset;

import io.headwater.command.intake.mapping.Paths;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Names and ids of campaigns and advertisements.
final class AdIds {

    private AdIds() {}

    /// @return the first that is there; 0 is what a provider writes where there is none, for
    ///   example of an organic lead
    static @Nullable String first(JsonNode tree, String... paths) {
        for (String path : paths) {
            String value = Paths.first(tree, path);
            if (value != null && !value.equals("0")) {
                return value;
            }
        }
        return null;
    }
}
