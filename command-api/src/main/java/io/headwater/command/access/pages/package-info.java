/// What pages of sites ask for: the configuration of a form, and the script that shows it.
///
/// in: `GET /forms/config`, `GET /form.js` out: nothing
@NullMarked
package io.headwater.command.access.pages;

import org.jspecify.annotations.NullMarked;
