@NullMarked
package io.headwater.command.lead.http;

import org.jspecify.annotations.NullMarked;
