package io.headwater.command.access.admin;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.events.access.ChangeSite;
import io.headwater.events.access.SiteChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Settings of a site; of the site `main` where none is named.
@RestController
@RequestMapping("/analytics/settings")
final class SettingsController {

    private final AccessCommands commands;
    private final AccessDirectory directory;

    SettingsController(AccessCommands commands, AccessDirectory directory) {
        this.commands = commands;
        this.directory = directory;
    }

    @GetMapping
    Map<String, Object> read(
            @RequestParam(name = "site_id", defaultValue = AccessDirectory.DEFAULT_SITE)
                    String siteId) {
        return view(Known.site(directory, siteId));
    }

    @PatchMapping
    ResponseEntity<Map<String, Object>> change(
            @RequestParam(name = "site_id", defaultValue = AccessDirectory.DEFAULT_SITE)
                    String siteId,
            @RequestBody JsonNode body) {
        Known.site(directory, siteId);
        var members = Members.of(body);
        var change = SiteChange.newBuilder();
        var cleared = new ArrayList<String>();
        SettingsForm.read(members, change, cleared);
        members.requireRight();
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new ChangeSite(
                                commandId,
                                siteId,
                                change.build(),
                                cleared,
                                commands.actor(),
                                Instant.now()));
        return Made.answer(inEffect, commandId, HttpStatus.OK, view(Known.site(directory, siteId)));
    }

    private static Map<String, Object> view(SiteConfig site) {
        var view = new LinkedHashMap<String, Object>();
        view.put("site_id", site.siteId());
        view.putAll(SettingsForm.view(site.settings()));
        return view;
    }
}
