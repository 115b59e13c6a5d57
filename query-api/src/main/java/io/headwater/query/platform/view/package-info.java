/// What the views stand at: rows of schema `ops` in, freshness headers out.
@NullMarked
package io.headwater.query.platform.view;

import org.jspecify.annotations.NullMarked;
