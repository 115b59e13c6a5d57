/// What is known of a person: an id in, all rows of the read models that are theirs out.
@NullMarked
package io.headwater.query.privacy;

import org.jspecify.annotations.NullMarked;
