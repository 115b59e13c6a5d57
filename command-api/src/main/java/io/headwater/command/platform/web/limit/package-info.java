/// Fixed windows that all instances share through blocks leased from Postgres (ADR 0014). in: who
/// asks, a limit · out: [Verdict], `429` by [Verdict#problem]
@NullMarked
package io.headwater.command.platform.web.limit;

import org.jspecify.annotations.NullMarked;
