package io.headwater.query.projection;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.forward.ProjectorsApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// One lead or session made anew from its events.
@RestController
@AdminOnly
@Tag(name = "operation")
class KeyController {
    private final ProjectorsApi projectors;

    KeyController(ProjectorsApi projectors) {
        this.projectors = projectors;
    }

    @PostMapping("/api/projections/{name}/keys/{key}/rebuild")
    @Operation(
            summary = "Folds the events of one lead or session anew and puts its rows right.",
            description =
                    "name is leads or sessions. Nothing else is touched and nothing stops; rows names"
                            + " what was wrong, and is empty when all was right. Admin only.")
    ResponseEntity<byte[]> rebuild(
            @PathVariable String name,
            @PathVariable String key,
            HttpServletRequest request,
            Caller caller) {
        return projectors.ask("POST", name, key, "rebuild", request, caller);
    }
}
