/// Measures the whole platform from outside: HTTP load in, one JSON document of ratios out.
@NullMarked
package io.headwater.bench;

import org.jspecify.annotations.NullMarked;
