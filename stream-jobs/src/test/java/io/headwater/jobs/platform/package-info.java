@NullMarked
package io.headwater.jobs.platform;

import org.jspecify.annotations.NullMarked;
