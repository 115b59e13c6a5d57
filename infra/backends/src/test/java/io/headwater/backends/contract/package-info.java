/// The contract of event-schemas on the real registry and broker.
///
/// in: records of Java out: the same records, read by others
@NullMarked
package io.headwater.backends.contract;

import org.jspecify.annotations.NullMarked;
