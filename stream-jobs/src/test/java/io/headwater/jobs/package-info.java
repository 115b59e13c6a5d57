@NullMarked
package io.headwater.jobs;

import org.jspecify.annotations.NullMarked;
