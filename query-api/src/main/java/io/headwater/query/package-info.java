/// Tables to answers: reads views in Postgres, answers over HTTP, forwards writes to command-api.
@NullMarked
package io.headwater.query;

import org.jspecify.annotations.NullMarked;
