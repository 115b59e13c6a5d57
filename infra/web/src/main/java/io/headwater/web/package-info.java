/// What every HTTP API of ours must judge alike: whose request it is, how many wrong keys came from
/// there, under which id it is in the log. in: servlet requests, `headwater.access.lock` · out:
/// answers to these questions, no problem documents
@NullMarked
package io.headwater.web;

import org.jspecify.annotations.NullMarked;
