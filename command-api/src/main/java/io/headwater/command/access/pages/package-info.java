/// What pages of sites ask for: the configuration of a form or of the tracker, and their scripts.
///
/// in: `GET /forms/config`, `GET /track/config`, `GET /form.js`, `/tracker.js`, `/pulse.js`,
/// `/recorder.js` out: nothing
@NullMarked
package io.headwater.command.access.pages;

import org.jspecify.annotations.NullMarked;
