/// Streams applications with the settings that all of them share.
///
/// in: a topology and its name out: a running job that repairs itself
@NullMarked
package io.headwater.jobs.platform.kafka;

import org.jspecify.annotations.NullMarked;
