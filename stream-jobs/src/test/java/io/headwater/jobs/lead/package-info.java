@NullMarked
package io.headwater.jobs.lead;

import org.jspecify.annotations.NullMarked;
