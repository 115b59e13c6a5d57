/// `./headwater import`: existing leads, sites, forms and sessions, from a file to command-api.
///
/// in: CSV or NDJSON out: requests of the admin API, a file of refused rows, a report
@NullMarked
package io.headwater.launcher.imports;

import org.jspecify.annotations.NullMarked;
