package io.headwater.query.access;

import io.headwater.query.platform.access.AdminOnly;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// Configuration belongs to command-api: whoever administers needs one base URL only. What it knows
/// below these paths and what it does not, it answers itself; [ForwardedOperations] documents it.
@Hidden
@RestController
@AdminOnly
class ForwardController {
    private final CommandApi commandApi;

    ForwardController(CommandApi commandApi) {
        this.commandApi = commandApi;
    }

    @RequestMapping(
            path = {
                "/analytics/sites/**",
                "/analytics/forms/**",
                "/analytics/settings/**",
                "/analytics/ip-lists/**",
                "/analytics/integrations/**",
                "/admin/sources/**",
                "/commands/{id}"
            },
            method = {
                RequestMethod.GET,
                RequestMethod.POST,
                RequestMethod.PUT,
                RequestMethod.PATCH,
                RequestMethod.DELETE
            })
    ResponseEntity<byte[]> forward(HttpServletRequest request) throws IOException {
        return commandApi.forward(request);
    }
}
