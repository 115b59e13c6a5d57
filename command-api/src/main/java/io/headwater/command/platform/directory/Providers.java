package io.headwater.command.platform.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The lead providers that deliveries can be taken from: known to who takes them, asked by who
/// configures sources and by who describes the API.
public interface Providers {

    /// As in the URL of a webhook.
    SortedSet<String> names();

    /// @param named null: the provider's own, which may depend on the form of the secrets
    /// @param secrets themselves, or what is kept of them
    /// @return name of the scheme that a source uses
    String scheme(String provider, @Nullable String named, List<String> secrets);

    /// @param scheme null: the provider's own
    /// @param options of the scheme
    /// @return what is wrong, by `scheme`, `options.<name>`, `secrets` or `secrets[<index>]`; empty
    ///   when a source of the provider can use them. Secrets are not quoted
    Map<String, String> wrongIn(
            String provider,
            @Nullable String scheme,
            Map<String, String> options,
            List<String> secrets);

    /// The same of what is kept of the secrets of a source.
    Map<String, String> wrongInKept(
            String provider,
            @Nullable String scheme,
            Map<String, String> options,
            List<String> kept);

    /// @return what is kept of a secret: its digest where the secret itself is sent, see
    ///   [io.headwater.command.platform.KeyDigest], else the secret
    String kept(String scheme, String secret);

    /// @return secret options of a source that only a digest is kept of
    Set<String> comparedOptions(String provider);

    /// @param options of a source
    /// @return what is wrong, by name of the option
    Map<String, String> wrongInOptions(String provider, Map<String, String> options);

    /// @return whether a delivery proves itself by a secret of the source
    boolean keyed(String scheme);

    /// @return a new random secret, where it is ours to choose; empty where the provider makes it
    Optional<String> newSecret(String scheme, Map<String, String> options);

    /// @return the query parameter that holds the secret, where the proof is part of the URL
    Optional<String> urlParameter(String scheme, Map<String, String> options);

    /// @param mapping lead field to path in the body
    /// @return what is wrong, by lead field; empty when the mapping can be used
    Map<String, String> wrongIn(Map<String, String> mapping);
}
