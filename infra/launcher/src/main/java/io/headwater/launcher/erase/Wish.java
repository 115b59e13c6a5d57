package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What was asked for.
///
/// @param path where it is told how far that is
/// @param at when, as it is told there; empty: it was not told
/// @param begins when it is carried out; null: it was not told
record Wish(String path, String at, @Nullable Instant begins) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Asks that a lead is forgotten, and all that are known to be the person.
    static Wish ofLead(AdminApi api, String lead, boolean atOnce)
            throws Failed, IOException, InterruptedException {
        var wish = JSON.createObjectNode().put("at_once", atOnce);
        var answer = api.post("/analytics/leads/" + encoded(lead) + "/erase", wish.toString());
        return new Wish(path(lead), answer.path("erase_requested_at").asString(""), begins(answer));
    }

    /// Asks that a visitor of a site is forgotten.
    static Wish ofVisitor(AdminApi api, String site, String visitor, boolean atOnce)
            throws Failed, IOException, InterruptedException {
        var wish = body(site, visitor).put("at_once", atOnce);
        var answer = api.post("/admin/erasures/visitor", wish.toString());
        return new Wish(
                path(site, visitor), answer.path("requested_at").asString(""), begins(answer));
    }

    /// Of a lead that is forgotten with it.
    Wish with(String lead) {
        return new Wish(path(lead), at, begins);
    }

    static ObjectNode body(String site, String visitor) {
        return JSON.createObjectNode().put("site_id", site).put("visitor_id", visitor);
    }

    static String path(String site, String visitor) {
        return "/admin/erasures/visitor?site_id=%s&visitor_id=%s"
                .formatted(encoded(site), encoded(visitor));
    }

    private static String path(String lead) {
        return "/admin/erasures/" + encoded(lead);
    }

    private static @Nullable Instant begins(JsonNode answer) {
        String told = answer.path("forgets_at").asString("");
        return told.isEmpty() ? null : Instant.parse(told);
    }

    /// Of who was forgotten, or withdrew, before, an older wish is told until this one was read.
    String state(JsonNode job) {
        String state = job.path("state").asString("requested");
        boolean settled = !state.equals("requested") && (isVisitor() || state.equals("withdrawn"));
        boolean older =
                settled && !at.isEmpty() && !at.equals(job.path("requested_at").asString(""));
        return older ? "requested" : state;
    }

    private boolean isVisitor() {
        return path.startsWith("/admin/erasures/visitor?");
    }
}
