package io.headwater.command.platform.axon;

import io.headwater.command.platform.Refused;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.Submission;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a command, before it is a [io.headwater.events.command.CommandResult].
///
/// @param aggregateId the entity decided about
/// @param values further ids for the caller
/// @param submission for who asked to see one: told once and not remembered
public record Answer(
        boolean accepted,
        String outcome,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String aggregateId,
        Map<String, String> values,
        @Nullable Submission submission) {

    public Answer(
            boolean accepted,
            String outcome,
            @Nullable String code,
            @Nullable String detail,
            @Nullable String aggregateId,
            Map<String, String> values) {
        this(accepted, outcome, code, detail, aggregateId, values, null);
    }

    public static Answer accepted(
            String outcome, @Nullable String aggregateId, Map<String, String> values) {
        return new Answer(true, outcome, null, null, aggregateId, values);
    }

    static Answer refused(Refused refused) {
        return new Answer(false, "refused", refused.code(), refused.detail(), null, Map.of());
    }

    /// As it is remembered: without the submission.
    ///
    /// @param sequence version of the entity after the decision; 0: there is none
    /// @param at record time of the command
    public CommandResult remembered(String commandId, long sequence, Instant at) {
        return CommandResult.newBuilder()
                .setCommandId(commandId)
                .setAccepted(accepted)
                .setOutcome(outcome)
                .setCode(code)
                .setDetail(detail)
                .setAggregateId(aggregateId)
                .setSequence(sequence)
                .setValues(values)
                .setDecidedAt(at)
                .build();
    }
}
