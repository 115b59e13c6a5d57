package io.headwater.command.intake.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.intake.signature.NewSecrets;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a source may be made for, so that nobody has to know the names.
@RestController
@RequestMapping("/admin/providers")
final class ProviderController {

    private final Presets presets;

    ProviderController(Presets presets) {
        this.presets = presets;
    }

    /// @return by name; the first scheme of each is the one used where a source names none
    @GetMapping
    List<ProviderView> list() {
        return presets.names().stream()
                .map(name -> view(presets.named(name).orElseThrow()))
                .toList();
    }

    private static ProviderView view(ProviderPreset preset) {
        var schemes = preset.schemes().stream().map(ProviderController::scheme).toList();
        return new ProviderView(preset.name(), schemes, preset.retries());
    }

    private static SchemeView scheme(String name) {
        return new SchemeView(
                name, NewSecrets.ours(name), NewSecrets.urlParameter(name, Map.of()).isPresent());
    }

    /// @param retries whether it sends again what was answered 429 or 503
    record ProviderView(String name, List<SchemeView> schemes, boolean retries) {}

    /// @param generated whether a secret is made where none is given; else the provider shows one
    /// @param inUrl whether the secret is a part of the URL
    record SchemeView(String name, boolean generated, @JsonProperty("in_url") boolean inUrl) {}
}
