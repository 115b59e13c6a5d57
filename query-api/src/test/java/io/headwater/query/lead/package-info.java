/// Leads, submissions and provider facts, without a database.
@NullMarked
package io.headwater.query.lead;

import org.jspecify.annotations.NullMarked;
