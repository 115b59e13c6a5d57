@NullMarked
package io.headwater.jobs.archive;

import org.jspecify.annotations.NullMarked;
