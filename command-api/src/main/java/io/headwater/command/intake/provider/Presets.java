package io.headwater.command.intake.provider;

import io.headwater.command.intake.mapping.FieldMapping;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.signature.NewSecrets;
import io.headwater.command.platform.directory.Providers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// All presets by their name.
@Component
public final class Presets implements Providers {

    private final Map<String, ProviderPreset> presets;

    public Presets(List<ProviderPreset> presets) {
        this.presets =
                presets.stream()
                        .collect(Collectors.toMap(ProviderPreset::name, Function.identity()));
    }

    public Optional<ProviderPreset> named(String provider) {
        return Optional.ofNullable(presets.get(provider));
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(presets.keySet());
    }

    @Override
    public String scheme(String provider, @Nullable String named, List<String> secrets) {
        return named == null ? schemes(provider).getFirst() : named;
    }

    private List<String> schemes(String provider) {
        return named(provider).orElseThrow().schemes();
    }

    @Override
    public Map<String, String> wrongIn(
            String provider,
            @Nullable String scheme,
            Map<String, String> options,
            List<String> secrets) {
        var schemes = schemes(provider);
        if (scheme != null && !schemes.contains(scheme)) {
            return Map.of("scheme", "is none of " + String.join(", ", schemes));
        }
        return secrets.isEmpty() ? Map.of("secrets", "must hold at least one") : Map.of();
    }

    @Override
    public boolean keyed(String scheme) {
        return true;
    }

    @Override
    public Optional<String> newSecret(String scheme, Map<String, String> options) {
        return NewSecrets.of(scheme, options);
    }

    @Override
    public Optional<String> urlParameter(String scheme, Map<String, String> options) {
        return NewSecrets.urlParameter(scheme, options);
    }

    @Override
    public Map<String, String> wrongIn(Map<String, String> mapping) {
        var wrong = new TreeMap<String, String>();
        mapping.forEach((field, path) -> {
            if (!FieldMapping.knows(field)) {
                wrong.put(field, "is no field of a lead");
            } else if (!Paths.isReadable(path)) {
                wrong.put(field, "is no path such as data.contact.email or answers[0].value");
            }
        });
        return wrong;
    }
}
