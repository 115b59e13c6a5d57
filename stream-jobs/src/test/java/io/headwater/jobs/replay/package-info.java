@NullMarked
package io.headwater.jobs.replay;

import org.jspecify.annotations.NullMarked;
