package io.headwater.command.platform.web;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.health.HealthPart;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /health`: whether this instance can take requests now.
@RestController
class HealthController {

    private final List<HealthPart> parts;
    private final AccessDirectory directory;

    HealthController(List<HealthPart> parts, AccessDirectory directory) {
        this.parts = parts;
        this.directory = directory;
    }

    /// @param status `ok` or `unavailable`
    /// @param components name to `up` or `down`; one that is down and not needed for taking
    ///   requests leaves the status `ok`
    record Health(String status, Map<String, String> components) {}

    @GetMapping("/health")
    ResponseEntity<Health> health() {
        var components = new TreeMap<String, String>();
        boolean up = directory.ready();
        components.put("directory", word(up));
        for (HealthPart part : parts) {
            boolean well = part.up();
            components.put(part.name(), word(well));
            up &= well || !part.required();
        }
        return ResponseEntity.status(up ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new Health(up ? "ok" : "unavailable", components));
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }
}
