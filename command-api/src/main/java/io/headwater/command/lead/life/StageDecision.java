package io.headwater.command.lead.life;

import io.headwater.command.platform.directory.Stage;
import java.time.Instant;

/// Where a person put a lead, and when: facts that happened before do not move it.
///
/// @param stage key
/// @param decidedAt the epoch: nobody did yet, it is where leads start
public record StageDecision(String stage, Stage.Kind kind, Instant decidedAt) {

    public static StageDecision start(String stage) {
        return new StageDecision(stage, Stage.Kind.OPEN, Instant.EPOCH);
    }

    /// @param requestedAt clocks of two instances differ: the later decision stays the later one
    public StageDecision then(String nextStage, Stage.Kind nextKind, Instant requestedAt) {
        return new StageDecision(
                nextStage, nextKind, requestedAt.isAfter(decidedAt) ? requestedAt : decidedAt);
    }
}
