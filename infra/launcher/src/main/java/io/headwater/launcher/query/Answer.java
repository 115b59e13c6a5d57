package io.headwater.launcher.query;

import tools.jackson.databind.JsonNode;

/// What query-api answered, a problem too.
///
/// @param body empty object where the answer is not JSON
/// @param text the same, as it came
public record Answer(int status, JsonNode body, String text) {

    public boolean good() {
        return status / 100 == 2;
    }

    /// Last part of the problem's type, for example `rebuild-running`; empty without one.
    public String rule() {
        String type = body.path("type").asString("");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /// Title and detail of the problem, in one line.
    public String problem() {
        String title = body.path("title").asString("");
        return title.isEmpty()
                ? "error " + status
                : title + ": " + body.path("detail").asString("");
    }

    /// Detail of the problem, with the fields at fault, in one line.
    public String detail() {
        var detail = new StringBuilder(body.path("detail").asString("it answered " + status));
        for (JsonNode error : body.path("errors")) {
            detail.append("; ")
                    .append(error.path("field").asString(""))
                    .append(' ')
                    .append(error.path("message").asString(""));
        }
        return detail.toString();
    }
}
