/// Gives leads the engagement of their visitors' sessions, and what makes them suspicious.
///
/// in: `lead.events.v1`, `view.sessions.g1`, `tracking.events.v1` out: `ScoreLead` on
/// `lead.commands.v1`
@NullMarked
package io.headwater.jobs.lead;

import org.jspecify.annotations.NullMarked;
