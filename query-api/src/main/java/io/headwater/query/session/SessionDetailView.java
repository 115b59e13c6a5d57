package io.headwater.query.session;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.view.SessionView;
import java.time.Instant;
import java.util.List;

/// A visit with the leads that came out of it.
record SessionDetailView(@JsonUnwrapped SessionView session, List<LeadOfSession> leads) {

    record LeadOfSession(String leadId, Instant createdAt) {}
}
