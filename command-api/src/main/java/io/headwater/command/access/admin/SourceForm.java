package io.headwater.command.access.admin;

import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.directory.Providers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what an administrator says about a source and finds what is wrong with it.
final class SourceForm {

    static final Pattern SECRET = Pattern.compile("\\S(.{0,498}\\S)?");
    static final String SECRET_WORDS = "text of 1 to 500 characters";
    private static final Duration LONGEST_WINDOW = Duration.ofDays(366);
    private static final int MOST_SECRETS = 5;
    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_VALUE = 500;
    private static final int MOST_DELIVERIES = 10_000_000;

    private final Providers providers;

    SourceForm(Providers providers) {
        this.providers = providers;
    }

    /// What a body says of the signature; each null where it says nothing.
    ///
    /// @param schemeCleared whether it goes back to the provider's own
    record Signature(
            @Nullable String scheme,
            boolean schemeCleared,
            @Nullable Map<String, String> options,
            boolean optionsCleared,
            @Nullable List<String> secrets) {

        static final Signature NONE = new Signature(null, false, null, false, null);
    }

    /// @param withSecrets whether they may be given: when a source is made
    Signature signature(Members body, boolean withSecrets) {
        var signature = body.object("signature");
        // of the provider's own scheme, without the object around them
        var direct = withSecrets ? secrets(body) : null;
        if (signature == null) {
            return new Signature(
                    null, body.isNull("signature"), null, body.isNull("signature"), direct);
        }
        var secrets = withSecrets ? secrets(signature) : null;
        if (secrets != null && direct != null) {
            body.wrong("secrets", "cannot be given together with signature.secrets");
        }
        return new Signature(
                signature.text("scheme", 50),
                signature.isNull("scheme"),
                signature.map("options", MOST_FIELDS, LONGEST_VALUE),
                signature.isNull("options"),
                secrets == null ? direct : secrets);
    }

    private static @Nullable List<String> secrets(Members members) {
        return members.texts("secrets", MOST_SECRETS, SECRET, SECRET_WORDS);
    }

    @Nullable String provider(Members body) {
        String provider = body.text("provider", 50);
        if (provider == null) {
            body.wrong("provider", "is required");
        } else if (!providers.names().contains(provider)) {
            body.wrong("provider", "is none of " + String.join(", ", providers.names()));
            return null;
        }
        return provider;
    }

    /// Tells the body what is wrong with the signature that a source would have.
    ///
    /// @param scheme null: the provider's own
    void check(
            Members body,
            String provider,
            @Nullable String scheme,
            Map<String, String> options,
            List<String> secrets) {
        tell(body, providers.wrongIn(provider, scheme, options, secrets));
    }

    /// @param wrong by member of the signature
    static void tell(Members body, Map<String, String> wrong) {
        wrong.forEach((member, why) -> body.wrong("signature." + member, why));
    }

    /// @return a secret of our own where the scheme lets us choose; else the body is told that one
    ///   is needed
    List<String> chosen(Members body, String scheme, Map<String, String> options) {
        if (!providers.keyed(scheme)) {
            return List.of();
        }
        var chosen = providers.newSecret(scheme, options);
        if (chosen.isEmpty()) {
            body.wrong(
                    "signature.secrets",
                    "is required: the provider tells the secret of the scheme " + scheme);
        }
        return chosen.map(List::of).orElse(List.of());
    }

    @Nullable Map<String, String> mapping(Members body) {
        var mapping = body.map("mapping", MOST_FIELDS, LONGEST_VALUE);
        if (mapping != null) {
            providers.wrongIn(mapping).forEach((field, why) -> body.wrong("mapping." + field, why));
        }
        return mapping;
    }

    /// @param provider null: it is wrong itself
    @Nullable Map<String, String> options(Members body, @Nullable String provider) {
        var options = body.map("options", MOST_FIELDS, LONGEST_VALUE);
        if (options != null && provider != null) {
            providers
                    .wrongInOptions(provider, options)
                    .forEach((name, why) -> body.wrong("options." + name, why));
        }
        return options;
    }

    /// Told to nobody again, like the secrets of the signature; to be sealed.
    ///
    /// @param provider null when it is unknown
    /// @return what is kept of them: of those that are only compared, the digest
    @Nullable Map<String, String> secretOptions(Members body, @Nullable String provider) {
        var options = body.map("secret_options", MOST_FIELDS, 4_000);
        if (options == null) {
            return null;
        }
        var compared = provider == null ? Set.of() : providers.comparedOptions(provider);
        var kept = new LinkedHashMap<String, String>();
        options.forEach((name, value) -> {
            boolean digested = compared.contains(name);
            if (digested && value.length() < KeyDigest.SHORTEST) {
                body.wrong(
                        "secret_options." + name,
                        "must have at least " + KeyDigest.SHORTEST + " characters");
            }
            kept.put(name, digested ? KeyDigest.of(value) : value);
        });
        return kept;
    }

    /// @param person null: unchanged or the default, like the others
    record Bounds(
            @Nullable Long person,
            @Nullable Long repeat,
            @Nullable Integer perMinute,
            @Nullable Integer perDay,
            List<String> cleared) {}

    Bounds bounds(Members body) {
        var cleared = new ArrayList<String>();
        Long person = body.seconds("duplicate_window", LONGEST_WINDOW);
        Long repeat = body.seconds("repeat_window", LONGEST_WINDOW);
        Integer perMinute = null;
        Integer perDay = null;
        var limits = body.object("limits");
        if (limits != null) {
            perMinute = limits.smallNumber("per_minute", 1, MOST_DELIVERIES);
            perDay = limits.smallNumber("per_day", 1, MOST_DELIVERIES);
        }
        clear(body.isNull("duplicate_window"), "person_window_seconds", cleared);
        clear(body.isNull("repeat_window"), "duplicate_window_seconds", cleared);
        boolean unlimited = body.isNull("limits");
        clear(unlimited || limits != null && limits.isNull("per_minute"), "per_minute", cleared);
        clear(unlimited || limits != null && limits.isNull("per_day"), "per_day", cleared);
        return new Bounds(person, repeat, perMinute, perDay, cleared);
    }

    static void clear(boolean wanted, String name, List<String> cleared) {
        if (wanted) {
            cleared.add(name);
        }
    }

    /// @return the version a change is about: of `If-Match`, else of `expected_version`
    static @Nullable Long version(@Nullable String ifMatch, @Nullable Members body) {
        Long expected = body == null ? null : body.number("expected_version", 1, Long.MAX_VALUE);
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return expected;
        }
        String digits = ifMatch.strip().replaceFirst("^W/", "").replace("\"", "");
        if (!digits.matches("[0-9]{1,18}")) {
            throw Known.invalidParameter("If-Match", "must be the ETag of the source");
        }
        return Long.valueOf(digits);
    }

    static Duration orDefault(@Nullable Long seconds, Duration standard) {
        return seconds == null ? standard : Duration.ofSeconds(seconds);
    }
}
