package io.headwater.command.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.FormConfig;
import io.headwater.events.access.CreateForm;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
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

    private final AccessCommands commands;
    private final AccessDirectory directory;
    private final JsonMapper json;

    FormController(AccessCommands commands, AccessDirectory directory, JsonMapper json) {
        this.commands = commands;
        this.directory = directory;
        this.json = json;
    }

    /// @param formJson the form's schema, an object
    record NewForm(
            @JsonProperty("site_id") @NotBlank @Pattern(regexp = Names.SITE_ID) String siteId,
            @JsonProperty("form_id") @NotBlank @Pattern(regexp = "[A-Za-z0-9._-]{1,100}")
                    String formId,
            @Nullable @Size(max = 200) String name,
            @JsonProperty("form_json") @Nullable JsonNode formJson,
            @JsonProperty("thank_you_url")
                    @Nullable
                    @Size(max = 2000)
                    @Pattern(regexp = "https?://[^\\s]+")
                    String thankYouUrl) {}

    @PostMapping
    ResponseEntity<Map<String, Object>> create(@Valid @RequestBody NewForm wanted) {
        String commandId = Names.id();
        String name = wanted.name() == null ? wanted.formId() : wanted.name().strip();
        String schema = wanted.formJson() == null ? "{}" : wanted.formJson().toString();
        boolean inEffect =
                commands.send(
                        commandId,
                        new CreateForm(
                                commandId,
                                wanted.siteId(),
                                wanted.formId(),
                                name,
                                schema,
                                wanted.thankYouUrl(),
                                Instant.now()));
        return Made.answer(
                inEffect,
                commandId,
                HttpStatus.CREATED,
                view(
                        new FormConfig(
                                wanted.siteId(),
                                wanted.formId(),
                                name,
                                schema,
                                wanted.thankYouUrl())));
    }

    @GetMapping
    List<Map<String, Object>> list(
            @RequestParam(name = "site_id", required = false) @Nullable String siteId) {
        return directory.forms().stream()
                .filter(form -> siteId == null || form.siteId().equals(siteId))
                .map(this::view)
                .toList();
    }

    private Map<String, Object> view(FormConfig form) {
        var view = new LinkedHashMap<String, Object>();
        view.put("site_id", form.siteId());
        view.put("form_id", form.formId());
        view.put("name", form.name());
        view.put("form_json", json.readTree(form.formJson()));
        view.put("thank_you_url", form.thankYouUrl());
        return view;
    }
}
