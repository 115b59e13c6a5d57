/// What look-ups say about an address, a user agent and a mail domain. Everything is optional: what
/// no file and no trusted header tells is unknown, never guessed. in: files of the operator, lists
/// of ours, headers of trusted proxies · out: [Enrichment]
@NullMarked
package io.headwater.command.platform.enrich;

import org.jspecify.annotations.NullMarked;
