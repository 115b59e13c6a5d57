/// Lead capture: forms of pages and keyed servers.
///
/// in: `POST /lead.capture` out: one submission per request, and the decider's answer
@NullMarked
package io.headwater.command.intake.capture;

import org.jspecify.annotations.NullMarked;
