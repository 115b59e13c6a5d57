package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was asked for.
///
/// @param path where it is told how far that is
/// @param at when, as it is told there; empty: once for all, as with leads
record Wish(String path, String at) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Asks that a visitor of a site is forgotten.
    static Wish ofVisitor(AdminApi api, String site, String visitor)
            throws Failed, IOException, InterruptedException {
        var wish = JSON.createObjectNode().put("site_id", site).put("visitor_id", visitor);
        var answer = api.post("/admin/erasures/visitor", wish.toString());
        return new Wish(
                "/admin/erasures/visitor?site_id=%s&visitor_id=%s"
                        .formatted(encoded(site), encoded(visitor)),
                answer.path("requested_at").asString(""));
    }

    /// Of a visitor who was forgotten before, an older wish is told until this one was read.
    String state(JsonNode job) {
        boolean older = !at.isEmpty() && !at.equals(job.path("requested_at").asString(""));
        return older ? "requested" : job.path("state").asString("requested");
    }
}
