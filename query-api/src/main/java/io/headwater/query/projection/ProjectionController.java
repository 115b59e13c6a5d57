package io.headwater.query.projection;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "operation")
class ProjectionController {
    private final ProjectionQuery projections;

    ProjectionController(ProjectionQuery projections) {
        this.projections = projections;
    }

    @GetMapping("/api/projections")
    @Operation(summary = "Lag, rate, position and accounting of every projection.")
    List<ProjectionView> projections() {
        return projections.list();
    }
}
