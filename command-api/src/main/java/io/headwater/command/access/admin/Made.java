package io.headwater.command.access.admin;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// The answer to who made or removed something.
final class Made {

    private Made() {}

    /// @param inEffect false: 202 with the status URL, and the same members
    static ResponseEntity<Map<String, Object>> answer(
            boolean inEffect, String commandId, HttpStatus done, Map<String, Object> body) {
        if (inEffect) {
            return ResponseEntity.status(done).header("Cache-Control", "no-store").body(body);
        }
        var pending = new LinkedHashMap<>(body);
        pending.put("status", "pending");
        pending.put("command_id", commandId);
        pending.put("status_url", "/commands/" + commandId);
        return ResponseEntity.accepted()
                .location(URI.create("/commands/" + commandId))
                .header("Cache-Control", "no-store")
                .body(pending);
    }
}
