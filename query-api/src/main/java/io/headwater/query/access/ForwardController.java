package io.headwater.query.access;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.forward.CommandApi;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// Configuration and the life of leads belong to command-api: whoever administers needs one base
/// URL only. What it knows below these paths and what it does not, it answers itself;
/// [ForwardedOperations] documents it.
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
                "/admin/providers",
                "/admin/sources/**",
                "/admin/quarantine/**",
                "/admin/import/**",
                "/admin/erasures/**",
                "/admin/retention/**",
                "/admin/suppressions/**",
                "/commands/{id}"
            },
            method = {
                RequestMethod.GET,
                RequestMethod.POST,
                RequestMethod.PUT,
                RequestMethod.PATCH,
                RequestMethod.DELETE
            })
    ResponseEntity<byte[]> forward(HttpServletRequest request, Caller caller) throws IOException {
        return commandApi.forward(request, caller);
    }

    /// What is done with a lead; its reading is our own.
    @PostMapping({"/analytics/leads/{id}/{action}", "/analytics/leads/{id}/consents/withdraw"})
    ResponseEntity<byte[]> act(HttpServletRequest request, Caller caller) throws IOException {
        return commandApi.forward(request, caller);
    }

    /// Answered where it is decided: what we read may be behind.
    @GetMapping("/analytics/leads/{id}/contactable")
    ResponseEntity<byte[]> contactable(HttpServletRequest request, Caller caller)
            throws IOException {
        return commandApi.forward(request, caller);
    }

    @PatchMapping("/analytics/leads/{id}")
    ResponseEntity<byte[]> change(HttpServletRequest request, Caller caller) throws IOException {
        return commandApi.forward(request, caller);
    }
}
