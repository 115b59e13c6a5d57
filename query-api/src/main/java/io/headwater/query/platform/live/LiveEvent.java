package io.headwater.query.platform.live;

import org.jspecify.annotations.Nullable;

/// One server-sent event.
///
/// @param name for example `lead`
/// @param id what a client sends back as `Last-Event-ID`; null when there is nothing to resume
/// @param about names the thing, so that one told from the view is not told again as news; null
///   when nothing is told twice
/// @param data JSON on one line
/// @param adminOnly holds personal data
public record LiveEvent(
        String name, @Nullable String id, @Nullable String about, String data, boolean adminOnly) {

    /// As on the wire.
    String text() {
        return (id == null ? "" : "id: " + id + "\n")
                + "event: "
                + name
                + "\ndata: "
                + data
                + "\n\n";
    }
}
