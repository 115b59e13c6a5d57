/// Gives leads the engagement of their visitors' sessions.
///
/// in: `lead.events.v1`, `view.sessions.g1` out: `ScoreLead` on `lead.commands.v1`
@NullMarked
package io.headwater.jobs.lead;

import org.jspecify.annotations.NullMarked;
