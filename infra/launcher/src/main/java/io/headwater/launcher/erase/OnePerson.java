package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Leads that are known to be one person, by their merges: what is asked for one is for all.
final class OnePerson {

    private OnePerson() {}

    /// @return what is told of each, by id: those that were asked for first
    static Map<String, JsonNode> of(AdminApi api, Collection<String> asked)
            throws Failed, IOException, InterruptedException {
        var waiting = new ArrayList<>(asked);
        var leads = new LinkedHashMap<String, JsonNode>();
        while (!waiting.isEmpty()) {
            String id = waiting.removeFirst();
            if (leads.containsKey(id)) {
                continue;
            }
            var lead = api.get("/analytics/leads/" + encoded(id));
            leads.put(id, lead);
            lead.path("merged_leads").forEach(merged -> waiting.add(merged.asString()));
            String survivor = lead.path("survivor_lead_id").asString("");
            if (!survivor.isEmpty()) {
                waiting.add(survivor);
            }
        }
        return leads;
    }
}
