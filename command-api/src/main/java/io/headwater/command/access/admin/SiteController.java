package io.headwater.command.access.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.events.access.AddDomain;
import io.headwater.events.access.ChangeSite;
import io.headwater.events.access.CreateSite;
import io.headwater.events.access.RemoveDomain;
import io.headwater.events.access.SiteChange;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Sites and the host names that may post for them.
@RestController
@RequestMapping("/analytics/sites")
final class SiteController {

    private static final String SITE_EXISTS = "site-exists";

    private final AccessCommands commands;
    private final AccessDirectory directory;

    SiteController(AccessCommands commands, AccessDirectory directory) {
        this.commands = commands;
        this.directory = directory;
    }

    /// @param siteId null: made from the name, and different from that of every other site
    /// @param siteKey null: a random one
    record NewSite(
            @JsonProperty("site_id") @Nullable @Pattern(regexp = Names.SITE_ID) String siteId,
            @Nullable @Size(max = 200) String name,
            @JsonProperty("site_key") @Nullable @Pattern(regexp = "[A-Za-z0-9._-]{1,100}")
                    String siteKey,
            @Nullable @Size(max = 500)
                    List<@NotBlank @Pattern(regexp = Names.HOST) String> domains) {}

    record NewDomain(@NotBlank @Pattern(regexp = Names.HOST) String domain) {}

    @PostMapping
    ResponseEntity<Map<String, Object>> create(@Valid @RequestBody NewSite wanted) {
        String siteKey = wanted.siteKey() == null ? Names.secret("pk_") : wanted.siteKey();
        String name =
                wanted.name() == null || wanted.name().isBlank() ? siteKey : wanted.name().strip();
        String siteId = wanted.siteId() == null ? freeId(name, siteKey) : wanted.siteId();
        List<String> domains =
                wanted.domains() == null
                        ? List.of()
                        : wanted.domains().stream()
                                .map(host -> host.toLowerCase(Locale.ROOT))
                                .distinct()
                                .toList();
        try {
            return create(siteId, name, siteKey, domains);
        } catch (Refused taken) {
            if (wanted.siteId() == null && taken.code().equals(SITE_EXISTS)) {
                // another site of that name was made at the same time
                return create(Names.uniqueSiteId(siteId), name, siteKey, domains);
            }
            throw taken;
        }
    }

    private String freeId(String name, String siteKey) {
        String named = Names.siteId(name);
        String siteId = named.isEmpty() ? Names.siteId(siteKey) : named;
        return siteId.isEmpty() || directory.siteById(siteId).isPresent()
                ? Names.uniqueSiteId(siteId)
                : siteId;
    }

    private ResponseEntity<Map<String, Object>> create(
            String siteId, String name, String siteKey, List<String> domains) {
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new CreateSite(commandId, siteId, name, siteKey, domains, Instant.now()));
        var view = new LinkedHashMap<String, Object>();
        view.put("id", siteId);
        view.put("site_id", siteId);
        view.put("name", name);
        view.put("site_key", siteKey);
        view.put("domains", domains.stream().map(d -> domain(d, d)).toList());
        return Made.answer(inEffect, commandId, HttpStatus.CREATED, view);
    }

    @GetMapping
    List<Map<String, Object>> list() {
        return directory.sites().stream().map(SiteController::view).toList();
    }

    @GetMapping("/{id}")
    Map<String, Object> one(@PathVariable String id) {
        return view(Known.site(directory, id));
    }

    /// Name and settings, each by itself.
    @PatchMapping("/{id}")
    ResponseEntity<Map<String, Object>> change(
            @PathVariable String id, @RequestBody JsonNode body) {
        Known.site(directory, id);
        var members = Members.of(body);
        var change = SiteChange.newBuilder().setName(members.text("name", 200));
        if (members.isNull("name")) {
            members.wrong("name", "cannot be cleared");
        }
        var cleared = new ArrayList<String>();
        var settings = members.object("settings");
        if (settings != null) {
            SettingsForm.read(settings, change, cleared);
        }
        members.requireRight();
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new ChangeSite(
                                commandId,
                                id,
                                change.build(),
                                cleared,
                                commands.actor(),
                                Instant.now()));
        return Made.answer(inEffect, commandId, HttpStatus.OK, view(Known.site(directory, id)));
    }

    @PostMapping("/{id}/domains")
    ResponseEntity<Map<String, Object>> addDomain(
            @PathVariable String id, @Valid @RequestBody NewDomain wanted) {
        String commandId = Names.id();
        String domainId = Names.id();
        String host = wanted.domain().toLowerCase(Locale.ROOT);
        boolean inEffect =
                commands.send(
                        commandId, new AddDomain(commandId, id, domainId, host, Instant.now()));
        var view = domain(domainId, host);
        view.put("site_id", id);
        return Made.answer(inEffect, commandId, HttpStatus.CREATED, view);
    }

    @DeleteMapping("/{id}/domains/{domainId}")
    ResponseEntity<Map<String, Object>> removeDomain(
            @PathVariable String id, @PathVariable String domainId) {
        String commandId = Names.id();
        boolean inEffect =
                commands.send(commandId, new RemoveDomain(commandId, id, domainId, Instant.now()));
        return Made.answer(
                inEffect, commandId, HttpStatus.OK, Map.of("site_id", id, "domain_id", domainId));
    }

    private static Map<String, Object> view(SiteConfig site) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", site.siteId());
        view.put("site_id", site.siteId());
        view.put("name", site.name());
        view.put("site_key", site.siteKey());
        view.put(
                "domains",
                site.domains().stream().map(d -> domain(d.domainId(), d.domain())).toList());
        view.put("settings", SettingsForm.view(site.settings()));
        return view;
    }

    private static Map<String, Object> domain(String domainId, String host) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", domainId);
        view.put("domain", host);
        return view;
    }
}
