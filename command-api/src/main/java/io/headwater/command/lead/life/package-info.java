/// Where a lead stands by the facts about it: pure values, the same for every order of arrival.
///
/// in: [io.headwater.life.FactNote]s, a person's [StageDecision], the site's [Pipeline] out:
/// [Standing]
@NullMarked
package io.headwater.command.lead.life;

import org.jspecify.annotations.NullMarked;
