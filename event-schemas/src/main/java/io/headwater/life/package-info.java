/// What the facts about a lead come to: pure values, the same for every order of arrival. Shared by
/// the decider, which refuses by them, and the views, which show them: two copies would disagree.
///
/// in: [FactNote]s, kept as [Facts] out: [Appointment]s, [Money]
@NullMarked
package io.headwater.life;

import org.jspecify.annotations.NullMarked;
