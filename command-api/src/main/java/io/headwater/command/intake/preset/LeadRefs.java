package io.headwater.command.intake.preset;

import io.headwater.command.intake.mapping.Paths;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Lead ids that we gave out and a provider carries back in a free field.
final class LeadRefs {

    private static final Pattern LEAD_ID = Pattern.compile("[a-z0-9-]{1,40}_[0-9a-f]{32}");

    private LeadRefs() {}

    /// @return the first value at these paths that has the shape of a lead id
    static @Nullable String in(JsonNode tree, String... paths) {
        for (String path : paths) {
            String value = Paths.text(tree, path);
            if (value != null && LEAD_ID.matcher(value.strip()).matches()) {
                return value.strip();
            }
        }
        return null;
    }
}
