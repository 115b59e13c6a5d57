package io.headwater.command.access.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.IntegrationConfig;
import io.headwater.command.platform.directory.KeyHash;
import io.headwater.events.access.CreateIntegration;
import io.headwater.events.access.RevokeIntegration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// API keys of servers: shown once, when made; kept as a hash.
@RestController
@RequestMapping("/analytics/integrations")
final class IntegrationController {

    private static final int SHOWN = 8;

    private final AccessCommands commands;
    private final AccessDirectory directory;

    IntegrationController(AccessCommands commands, AccessDirectory directory) {
        this.commands = commands;
        this.directory = directory;
    }

    record NewIntegration(
            @JsonProperty("site_id") @NotBlank @Pattern(regexp = Names.SITE_ID) String siteId,
            @NotBlank @Size(max = 200) String name) {}

    @PostMapping
    ResponseEntity<Map<String, Object>> create(@Valid @RequestBody NewIntegration wanted) {
        String commandId = Names.id();
        String integrationId = Names.id();
        String key = Names.secret("hw_");
        var made =
                new IntegrationConfig(
                        wanted.siteId(),
                        integrationId,
                        wanted.name().strip(),
                        key.substring(0, SHOWN));
        boolean inEffect =
                commands.send(
                        commandId,
                        new CreateIntegration(
                                commandId,
                                made.siteId(),
                                integrationId,
                                made.name(),
                                made.keyPrefix(),
                                KeyHash.of(key),
                                Instant.now()));
        var view = view(made);
        view.put("api_key", key);
        return Made.answer(inEffect, commandId, HttpStatus.CREATED, view);
    }

    @GetMapping
    List<Map<String, Object>> list() {
        return directory.integrations().stream().map(IntegrationController::view).toList();
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Map<String, Object>> revoke(@PathVariable String id) {
        var known =
                directory.integrations().stream()
                        .filter(integration -> integration.integrationId().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                new Refused(
                                        Refused.Reason.UNKNOWN,
                                        "unknown-integration",
                                        "There is no integration with this id."));
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new RevokeIntegration(commandId, known.siteId(), id, Instant.now()));
        return Made.answer(inEffect, commandId, HttpStatus.OK, Map.of("id", id));
    }

    private static Map<String, Object> view(IntegrationConfig integration) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", integration.integrationId());
        view.put("integration_id", integration.integrationId());
        view.put("site_id", integration.siteId());
        view.put("name", integration.name());
        view.put("key", integration.keyPrefix() + "…");
        return view;
    }
}
