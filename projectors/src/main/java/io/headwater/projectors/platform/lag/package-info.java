/// How far folds and sinks are behind the topics, by the brokers.
///
/// in: offsets of groups and topics · out: lags, and the age of the oldest record in them
@NullMarked
package io.headwater.projectors.platform.lag;

import org.jspecify.annotations.NullMarked;
