package io.headwater.command.intake.provider;

import io.headwater.command.intake.mapping.FieldMapping;
import io.headwater.command.intake.signature.NewSecrets;
import io.headwater.command.intake.signature.Schemes;
import io.headwater.command.intake.signature.Verifier;
import io.headwater.command.platform.directory.Providers;
import io.headwater.command.platform.directory.SourceConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// All presets by their name.
@Component
public final class Presets implements Providers {

    private final Map<String, ProviderPreset> presets;
    private final Reach reach;

    /// @throws IllegalArgumentException when a preset names a scheme that does not exist
    public Presets(List<ProviderPreset> presets, ProviderSettings settings) {
        for (ProviderPreset preset : presets) {
            if (!Schemes.names().containsAll(preset.schemes())) {
                throw new IllegalArgumentException(
                        preset.name() + " names a scheme that is none: " + preset.schemes());
            }
        }
        this.reach = settings.reach();
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

    /// @return ready to check deliveries to the source
    public Verifier verifier(ProviderPreset preset, SourceConfig source) {
        return Schemes.verifier(
                scheme(preset, source), source.scheme().options(), source.secrets());
    }

    /// @return name of the scheme that the source uses
    public String scheme(ProviderPreset preset, SourceConfig source) {
        return scheme(preset, source.scheme().name(), source.secrets());
    }

    @Override
    public String scheme(String provider, @Nullable String named, List<String> secrets) {
        return scheme(named(provider).orElseThrow(), named, secrets);
    }

    private static String scheme(
            ProviderPreset preset, @Nullable String named, List<String> secrets) {
        return named == null ? preset.schemeFor(secrets) : named;
    }

    @Override
    public Map<String, String> wrongIn(
            String provider,
            @Nullable String scheme,
            Map<String, String> options,
            List<String> secrets) {
        return wrongIn(
                provider, scheme, secrets, chosen -> Schemes.wrongIn(chosen, options, secrets));
    }

    @Override
    public Map<String, String> wrongInKept(
            String provider,
            @Nullable String scheme,
            Map<String, String> options,
            List<String> kept) {
        return wrongIn(
                provider, scheme, kept, chosen -> Schemes.wrongInKept(chosen, options, kept));
    }

    private Map<String, String> wrongIn(
            String provider,
            @Nullable String scheme,
            List<String> secrets,
            Function<String, Map<String, String>> wrong) {
        var preset = named(provider).orElseThrow();
        String chosen = scheme(preset, scheme, secrets);
        return preset.schemes().contains(chosen)
                ? wrong.apply(chosen)
                : Map.of("scheme", "is none of " + String.join(", ", preset.schemes()));
    }

    @Override
    public String kept(String scheme, String secret) {
        return Schemes.kept(scheme, secret);
    }

    @Override
    public Set<String> comparedOptions(String provider) {
        return named(provider).orElseThrow().comparedOptions();
    }

    @Override
    public Map<String, String> wrongInOptions(String provider, Map<String, String> options) {
        String base = options.get(ThinPreset.BASE_URL);
        String wrong =
                base != null && presets.get(provider) instanceof ThinPreset
                        ? BaseUrl.wrongIn(base, reach)
                        : null;
        return wrong == null ? Map.of() : Map.of(ThinPreset.BASE_URL, wrong);
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
        return FieldMapping.wrongIn(mapping);
    }
}
