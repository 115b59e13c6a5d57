/// The life of a lead over HTTP: a request becomes one `ChangeLead`, and its decision the answer.
///
/// in: `POST /analytics/leads/{id}/{action}`, `PATCH /analytics/leads/{id}`, the CRM's callbacks
/// out: `lead.commands.v1`
@NullMarked
package io.headwater.command.lead.http;

import org.jspecify.annotations.NullMarked;
