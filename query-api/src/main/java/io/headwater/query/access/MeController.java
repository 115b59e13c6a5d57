package io.headwater.query.access;

import io.headwater.query.platform.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "access")
class MeController {

    /// @param pages of the dashboard that this key opens
    record MeView(String role, List<String> pages) {}

    @GetMapping("/analytics/me")
    @Operation(summary = "The role of the key, for signing in.")
    MeView me(@Parameter(hidden = true) Caller caller) {
        return new MeView(caller.role().word(), caller.role().pages());
    }
}
