package io.headwater.query.platform.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "operation")
class HealthController {
    private static final String OK = "ok";

    private final List<HealthPart> parts;

    HealthController(List<HealthPart> parts) {
        this.parts = parts;
    }

    /// @param status `ok` or `degraded`
    /// @param components name to `ok` or what is wrong
    record Health(String status, Map<String, String> components) {}

    @GetMapping("/health")
    @Operation(summary = "Whether questions can be answered now; 503 when not. Needs no key.")
    ResponseEntity<Health> health() {
        var components = new TreeMap<String, String>();
        parts.forEach(part -> components.put(part.name(), part.state()));
        boolean ok = components.values().stream().allMatch(OK::equals);
        return ResponseEntity.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(new Health(ok ? OK : "degraded", components));
    }
}
