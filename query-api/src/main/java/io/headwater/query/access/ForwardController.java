package io.headwater.query.access;

import io.headwater.query.platform.access.AdminOnly;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Configuration belongs to command-api: whoever administers needs one base URL only.
@RestController
@AdminOnly
@Tag(
        name = "access",
        description = "Forwarded to command-api, whose OpenAPI document describes the bodies.")
class ForwardController {
    private final CommandApi commandApi;

    ForwardController(CommandApi commandApi) {
        this.commandApi = commandApi;
    }

    @GetMapping("/analytics/sites")
    @Operation(summary = "All sites with their domains.")
    ResponseEntity<byte[]> sites(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @PostMapping("/analytics/sites")
    @Operation(summary = "Creates a site.")
    ResponseEntity<byte[]> createSite(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @GetMapping("/analytics/sites/{id}")
    @Operation(summary = "One site.")
    ResponseEntity<byte[]> site(
            @PathVariable String id, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @PostMapping("/analytics/sites/{id}/domains")
    @Operation(summary = "Allows a domain to send for a site.")
    ResponseEntity<byte[]> addDomain(
            @PathVariable String id, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @DeleteMapping("/analytics/sites/{id}/domains/{domainId}")
    @Operation(summary = "Takes a domain away from a site.")
    ResponseEntity<byte[]> removeDomain(
            @PathVariable String id,
            @PathVariable String domainId,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @GetMapping("/analytics/forms")
    @Operation(summary = "Forms, of one site when site_id is given.")
    ResponseEntity<byte[]> forms(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @PostMapping("/analytics/forms")
    @Operation(summary = "Creates a form.")
    ResponseEntity<byte[]> createForm(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @GetMapping("/analytics/integrations")
    @Operation(summary = "Integrations; their keys are not told again.")
    ResponseEntity<byte[]> integrations(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @PostMapping("/analytics/integrations")
    @Operation(summary = "Creates an integration; the answer tells its key once.")
    ResponseEntity<byte[]> createIntegration(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @DeleteMapping("/analytics/integrations/{id}")
    @Operation(summary = "Ends an integration; its key stops working.")
    ResponseEntity<byte[]> removeIntegration(
            @PathVariable String id, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @GetMapping("/admin/sources")
    @Operation(summary = "Webhook sources with their URLs.")
    ResponseEntity<byte[]> sources(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }

    @PostMapping("/admin/sources")
    @Operation(summary = "Creates a webhook source.")
    ResponseEntity<byte[]> createSource(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return commandApi.forward(request);
    }
}
