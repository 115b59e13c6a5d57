/// Tests of the whole application on a real Postgres.
@NullMarked
package io.headwater.query;

import org.jspecify.annotations.NullMarked;
