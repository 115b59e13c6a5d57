package io.headwater.jobs.platform.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /health`: 200 when every part is up, else 503, with the parts either way.
@RestController
class HealthController {

    private final List<HealthPart> parts;

    HealthController(List<HealthPart> parts) {
        this.parts = parts;
    }

    @GetMapping("/health")
    ResponseEntity<Map<String, Object>> health() {
        boolean up = true;
        var lines = new LinkedHashMap<String, Object>();
        for (var part : parts) {
            boolean partUp = part.up();
            up &= partUp;
            var line = new LinkedHashMap<String, Object>();
            line.put("status", status(partUp));
            line.putAll(part.details());
            lines.put(part.name(), line);
        }
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(Map.of("status", status(up), "parts", lines));
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
