package io.headwater.command.access.admin;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.FormConfig;
import io.headwater.events.access.ChangeForm;
import io.headwater.events.access.CreateForm;
import io.headwater.events.access.FormChange;
import io.headwater.events.access.RemoveForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Forms of sites.
@RestController
@RequestMapping("/analytics/forms")
final class FormController {

    private static final Pattern SITE_ID = Pattern.compile(Names.SITE_ID);
    private static final Pattern FORM_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern PAGE = Pattern.compile("https?://[^\\s]{1,1990}");

    private final AccessCommands commands;
    private final AccessDirectory directory;
    private final JsonMapper json;

    FormController(AccessCommands commands, AccessDirectory directory, JsonMapper json) {
        this.commands = commands;
        this.directory = directory;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> create(@RequestBody JsonNode body) {
        var members = Members.of(body);
        String siteId = required(members, "site_id", SITE_ID, "the id of a site");
        String formId =
                required(
                        members,
                        "form_id",
                        FORM_ID,
                        "1 to 100 letters, digits, dots, dashes and underscores");
        String name = members.text("name", 200);
        String schema = schema(members);
        String thankYou = members.text("thank_you_url", PAGE, "an http or https URL");
        members.requireRight();
        var form =
                new FormConfig(
                        siteId,
                        formId,
                        name == null ? formId : name,
                        schema == null ? "{}" : schema,
                        thankYou);
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new CreateForm(
                                commandId,
                                siteId,
                                formId,
                                form.name(),
                                form.formJson(),
                                thankYou,
                                Instant.now()));
        return Made.answer(inEffect, commandId, HttpStatus.CREATED, view(form));
    }

    private static String required(Members members, String name, Pattern form, String what) {
        String text = members.text(name, form, what);
        if (text == null && !members.has(name)) {
            members.wrong(name, "is required");
        }
        return String.valueOf(text);
    }

    private static @Nullable String schema(Members members) {
        var schema = members.object("form_json");
        if (schema == null) {
            return null;
        }
        FormSchema.check(schema);
        return String.valueOf(members.node("form_json"));
    }

    @GetMapping
    List<Map<String, Object>> list(
            @RequestParam(name = "site_id", required = false) @Nullable String siteId) {
        return directory.forms().stream()
                .filter(form -> siteId == null || form.siteId().equals(siteId))
                .map(this::view)
                .toList();
    }

    /// @param siteId needed only when several sites have a form of this id
    @GetMapping("/{formId}")
    Map<String, Object> one(
            @PathVariable String formId,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId) {
        return view(Known.form(directory, siteId, formId));
    }

    @PatchMapping("/{formId}")
    ResponseEntity<Map<String, Object>> change(
            @PathVariable String formId,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @RequestBody JsonNode body) {
        var form = Known.form(directory, siteId, formId);
        var members = Members.of(body);
        var change =
                FormChange.newBuilder()
                        .setName(members.text("name", 200))
                        .setFormJson(schema(members))
                        .setThankYouUrl(members.text("thank_you_url", PAGE, "an http or https URL"))
                        .setEnabled(members.flag("enabled"))
                        .build();
        var cleared = new ArrayList<String>();
        if (members.isNull("thank_you_url")) {
            cleared.add("thank_you_url");
        }
        for (String name : List.of("name", "form_json", "enabled")) {
            if (members.isNull(name)) {
                members.wrong(name, "cannot be cleared");
            }
        }
        members.requireRight();
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new ChangeForm(
                                commandId,
                                form.siteId(),
                                formId,
                                change,
                                cleared,
                                commands.actor(),
                                Instant.now()));
        var now = directory.form(form.siteId(), formId).orElse(form);
        return Made.answer(inEffect, commandId, HttpStatus.OK, view(now));
    }

    @DeleteMapping("/{formId}")
    ResponseEntity<Map<String, Object>> remove(
            @PathVariable String formId,
            @RequestParam(name = "site_id", required = false) @Nullable String siteId) {
        var form = Known.form(directory, siteId, formId);
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new RemoveForm(
                                commandId, form.siteId(), formId, commands.actor(), Instant.now()));
        return Made.answer(inEffect, commandId, HttpStatus.OK, view(form));
    }

    private Map<String, Object> view(FormConfig form) {
        var view = new LinkedHashMap<String, Object>();
        view.put("site_id", form.siteId());
        view.put("form_id", form.formId());
        view.put("name", form.name());
        view.put("enabled", form.enabled());
        view.put("form_json", json.readTree(form.formJson()));
        view.put("thank_you_url", form.thankYouUrl());
        return view;
    }
}
