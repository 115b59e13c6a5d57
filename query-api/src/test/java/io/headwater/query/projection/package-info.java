/// Tests of what needs no database.
@NullMarked
package io.headwater.query.projection;

import org.jspecify.annotations.NullMarked;
