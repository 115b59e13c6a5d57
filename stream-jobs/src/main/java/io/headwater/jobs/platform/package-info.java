/// What every feature of this application shares; knows no feature.
///
/// in: settings out: identity of the instance
@NullMarked
package io.headwater.jobs.platform;

import org.jspecify.annotations.NullMarked;
