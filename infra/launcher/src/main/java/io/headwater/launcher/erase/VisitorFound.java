package io.headwater.launcher.erase;

import io.headwater.launcher.query.QueryApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What is known of a visitor.
///
/// @param sessions how many, by site
/// @param leads that came out of them
record VisitorFound(Map<String, Integer> sessions, List<JsonNode> leads) {

    private static final int MOST = 100;

    /// Page by page.
    static VisitorFound of(AdminApi api, String visitor)
            throws Failed, IOException, InterruptedException {
        var sessions = new TreeMap<String, Integer>();
        var leads = new TreeMap<String, JsonNode>();
        String page = "";
        do {
            var answer =
                    api.get(
                            "/replay/sessions?limit=%d&visitor_id=%s%s"
                                    .formatted(MOST, QueryApi.encoded(visitor), page));
            for (var session : answer.path("items")) {
                sessions.merge(session.path("site_id").asString(), 1, Integer::sum);
                String id = session.path("session_id").asString();
                for (var lead : api.get("/replay/sessions/" + QueryApi.encoded(id)).path("leads")) {
                    String leadId = lead.path("lead_id").asString();
                    if (!leads.containsKey(leadId)) {
                        leads.put(leadId, api.get("/analytics/leads/" + QueryApi.encoded(leadId)));
                    }
                }
            }
            String next = answer.path("next_cursor").asString("");
            page = next.isEmpty() ? "" : "&cursor=" + QueryApi.encoded(next);
        } while (!page.isEmpty());
        return new VisitorFound(sessions, List.copyOf(leads.values()));
    }
}
