/// Server-sent events: notifications of Postgres in, events to every subscriber out.
@NullMarked
package io.headwater.query.platform.live;

import org.jspecify.annotations.NullMarked;
