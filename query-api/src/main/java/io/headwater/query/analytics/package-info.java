/// Figures: roll-ups and sessions in, totals and series out.
@NullMarked
package io.headwater.query.analytics;

import org.jspecify.annotations.NullMarked;
