/// May somebody be contacted, and for what? Asks the lead decider, for whoever is about to.
///
/// in: a lead and a purpose; out: a yes or the reasons why not.
@NullMarked
package io.headwater.command.platform.contact;

import org.jspecify.annotations.NullMarked;
