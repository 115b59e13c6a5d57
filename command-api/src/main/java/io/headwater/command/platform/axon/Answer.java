package io.headwater.command.platform.axon;

import io.headwater.command.platform.Refused;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a command, before it is a [io.headwater.events.command.CommandResult].
///
/// @param aggregateId the entity decided about
/// @param values further ids for the caller
public record Answer(
        boolean accepted,
        String outcome,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String aggregateId,
        Map<String, String> values) {

    public static Answer accepted(
            String outcome, @Nullable String aggregateId, Map<String, String> values) {
        return new Answer(true, outcome, null, null, aggregateId, values);
    }

    static Answer refused(Refused refused) {
        return new Answer(false, "refused", refused.code(), refused.detail(), null, Map.of());
    }
}
