/// Leads, submissions and provider facts: rows in, pages, details and live leads out.
@NullMarked
package io.headwater.query.lead;

import org.jspecify.annotations.NullMarked;
