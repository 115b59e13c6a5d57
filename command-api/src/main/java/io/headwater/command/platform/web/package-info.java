/// HTTP at the edge: problem documents, CORS, rate limits, client addresses, keys.
///
/// in: any request out: headers and problems that look the same on every path
@NullMarked
package io.headwater.command.platform.web;

import org.jspecify.annotations.NullMarked;
