package io.headwater.command.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Providers;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.events.access.CreateSource;
import io.headwater.schema.PersonalData;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
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
import org.springframework.web.bind.annotation.RestController;

/// Lead providers and the webhook URL of each. Secrets go in and never come out.
@RestController
@RequestMapping("/admin/sources")
final class SourceController {

    private static final long DEFAULT_WINDOW_SECONDS = 600;
    private static final long LONGEST_WINDOW_SECONDS = 366L * 86_400;

    private final AccessCommands commands;
    private final AccessDirectory directory;
    private final Providers providers;
    private final URI publicUrl;

    SourceController(
            AccessCommands commands,
            AccessDirectory directory,
            Providers providers,
            InstanceSettings instance) {
        this.commands = commands;
        this.directory = directory;
        this.providers = providers;
        this.publicUrl = instance.publicUrl();
    }

    /// @param secrets signing secrets or keys, newest first; a generic source takes a secret that
    ///   starts with `whsec_` for Standard Webhooks and any other for an API key
    /// @param mapping lead field to path in the body
    /// @param duplicateWindowSeconds of equal bodies, at most 366 days; 0: never by body. It ends
    ///   before a person who comes back counts as re-engaged, however long it is
    record NewSource(
            @JsonProperty("site_id") @NotBlank @Pattern(regexp = Names.SITE_ID) String siteId,
            @Nullable @Size(max = 200) String name,
            @NotBlank String provider,
            @NotEmpty @Size(max = 5) List<@NotBlank @Size(max = 500) String> secrets,
            @Nullable @Size(max = 100)
                    Map<@Size(max = 100) String, @NotBlank @Size(max = 500) String> mapping,
            @JsonProperty("duplicate_window_seconds") @Nullable @Min(0) @Max(LONGEST_WINDOW_SECONDS)
                    Long duplicateWindowSeconds) {}

    @PostMapping
    ResponseEntity<Map<String, Object>> create(@Valid @RequestBody NewSource wanted) {
        requireUsable(wanted);
        String commandId = Names.id();
        String sourceId = Names.secret("");
        String name =
                wanted.name() == null || wanted.name().isBlank()
                        ? wanted.provider()
                        : wanted.name().strip();
        Long window = wanted.duplicateWindowSeconds();
        boolean inEffect =
                commands.send(
                        commandId,
                        CreateSource.newBuilder()
                                .setCommandId(commandId)
                                .setSiteId(wanted.siteId())
                                .setSourceId(sourceId)
                                .setName(name)
                                .setProvider(wanted.provider())
                                .setSecrets(
                                        wanted.secrets().stream()
                                                .map(PersonalData::sealed)
                                                .toList())
                                .setSecretIds(
                                        wanted.secrets().stream().map(_ -> Names.id()).toList())
                                .setMapping(wanted.mapping() == null ? Map.of() : wanted.mapping())
                                .setDuplicateWindowSeconds(
                                        window == null ? DEFAULT_WINDOW_SECONDS : window)
                                .setRequestedAt(Instant.now())
                                .build());
        return Made.answer(
                inEffect,
                commandId,
                HttpStatus.CREATED,
                view(sourceId, wanted.siteId(), name, wanted.provider()));
    }

    /// @throws io.headwater.command.platform.web.ProblemException 400 for an unknown provider, or a
    ///   mapping that would find nothing
    private void requireUsable(NewSource wanted) {
        var errors = new ArrayList<FieldError>();
        if (!providers.names().contains(wanted.provider())) {
            errors.add(
                    new FieldError(
                            "provider", "is none of " + String.join(", ", providers.names())));
        }
        if (wanted.mapping() != null) {
            providers
                    .wrongIn(wanted.mapping())
                    .forEach((field, why) -> errors.add(new FieldError("mapping." + field, why)));
        }
        if (!errors.isEmpty()) {
            throw ProblemType.INVALID_FIELDS
                    .with("Fields are missing or invalid; see errors.")
                    .on(errors)
                    .asException();
        }
    }

    @GetMapping
    List<Map<String, Object>> list() {
        return directory.sources().stream()
                .map(s -> view(s.sourceId(), s.siteId(), s.name(), s.provider()))
                .toList();
    }

    private Map<String, Object> view(String sourceId, String siteId, String name, String provider) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", sourceId);
        view.put("source_id", sourceId);
        view.put("site_id", siteId);
        view.put("name", name);
        view.put("provider", provider);
        view.put("url", url(provider, sourceId));
        return view;
    }

    private String url(String provider, String sourceId) {
        String base = publicUrl.toString().replaceFirst("/+$", "");
        return base + "/webhooks/" + provider + "/" + sourceId;
    }
}
