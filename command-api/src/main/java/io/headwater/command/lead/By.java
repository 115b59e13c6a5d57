package io.headwater.command.lead;

import java.time.Instant;

/// Who did something, when, and by which command.
///
/// @param requestedAt when the command was received: the time of a decision
/// @param at when it happened, to the millisecond; not after `requestedAt`
/// @param actor `user:<name>`, `key:<name>`, `provider:<source id>`, `crm`, `import` or `system`
record By(String commandId, Instant requestedAt, Instant at, String actor) {

    By at(Instant time) {
        return new By(commandId, requestedAt, time, actor);
    }
}
