/// What every HTTP API of ours must judge alike: whose request it is, how many wrong keys came from
/// there, under which id it is in the log, what the audit tells of it. in: servlet requests,
/// `headwater.access.lock` · out: answers to these questions and lines of the audit, no problem
/// documents
@NullMarked
package io.headwater.web;

import org.jspecify.annotations.NullMarked;
