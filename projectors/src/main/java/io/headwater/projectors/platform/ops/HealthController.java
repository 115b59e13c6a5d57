package io.headwater.projectors.platform.ops;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /health`: 200 when every fold runs and every sink writes or waits for its turn, else 503;
/// either way with the parts.
@RestController
class HealthController {

    /// @param status `UP` or `DOWN`
    record Health(String status, List<Part> components) {}

    /// @param partitions owned by the sink of this instance
    record Part(
            String name,
            String status,
            String fold,
            String sink,
            int partitions,
            @Nullable String reason) {}

    private final Runner runner;
    private final StatusBoard board;

    HealthController(Runner runner, StatusBoard board) {
        this.runner = runner;
        this.board = board;
    }

    @GetMapping("/health")
    ResponseEntity<Health> health() {
        List<Part> parts = new ArrayList<>();
        boolean up = runner.waitsFor() == null;
        for (var one : runner.running()) {
            up &= one.isHealthy();
            var sink = one.sinkStatus();
            String waiting = sink.partitions() == 0 ? runner.waitsFor() : null;
            parts.add(
                    new Part(
                            one.generation().toString(),
                            one.isHealthy() ? "UP" : "DOWN",
                            one.describeFold(),
                            sink.state().name(),
                            sink.partitions(),
                            waiting == null ? one.reason() : waiting));
        }
        if (parts.isEmpty() && !up) {
            parts.add(new Part("start", "DOWN", "", "", 0, runner.waitsFor()));
        }
        String failure = board.failure();
        parts.add(new Part("status", failure == null ? "UP" : "DOWN", "", "", 0, failure));
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new Health(up ? "UP" : "DOWN", parts));
    }
}
