/// What the facts about a lead come to: pure values, the same for every order of arrival.
///
/// in: [FactNote]s, a person's [StageDecision], the site's [Pipeline] out: [Standing],
/// [Appointment]s, [Money]
@NullMarked
package io.headwater.command.lead.life;

import org.jspecify.annotations.NullMarked;
