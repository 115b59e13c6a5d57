/// Leads, their submissions and facts, and their volume.
///
/// in: `lead.events.v1` · out: `view.leads`, `view.lead_volume`
@NullMarked
package io.headwater.projectors.lead;

import org.jspecify.annotations.NullMarked;
