package io.headwater.command.intake.signature;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Secrets of our own choice.
public final class NewSecrets {

    /// The parameter of a URL that is a credential as a whole.
    public static final String TOKEN = "token";

    private static final String SECRET_URL = "secret-url";
    private static final String STANDARD_WEBHOOKS = "standard-webhooks";

    /// Schemes whose secret the receiver enters at the provider; the others' providers show one.
    private static final Set<String> OURS =
            Set.of(
                    SECRET_URL,
                    STANDARD_WEBHOOKS,
                    "access-token",
                    "api-key",
                    "api-key-query",
                    "cal-com",
                    "google-key",
                    "hmac",
                    "tally",
                    "typeform");

    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private NewSecrets() {}

    /// @return whether we choose its secret; else the provider shows one
    public static boolean ours(String scheme) {
        return OURS.contains(scheme);
    }

    /// @param options those of the scheme: an HMAC key may have to be hex
    /// @return 192 random bits in the form that the scheme wants; empty where the provider chooses
    public static Optional<String> of(String scheme, Map<String, String> options) {
        if (!ours(scheme)) {
            return Optional.empty();
        }
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        if (scheme.equals(STANDARD_WEBHOOKS)) {
            return Optional.of("whsec_" + Base64.getEncoder().encodeToString(random));
        }
        return Optional.of(
                switch (options.getOrDefault("secret_encoding", "text")) {
                    case "hex" -> java.util.HexFormat.of().formatHex(random);
                    case "base64" -> Base64.getEncoder().encodeToString(random);
                    default -> Base64.getUrlEncoder().withoutPadding().encodeToString(random);
                });
    }

    /// @return the query parameter that holds the secret
    public static Optional<String> urlParameter(String scheme, Map<String, String> options) {
        return switch (scheme) {
            case SECRET_URL -> Optional.of(TOKEN);
            case "api-key-query" -> Optional.of(options.getOrDefault("parameter", "api_key"));
            case "access-token" -> Optional.of("access_token");
            default -> Optional.empty();
        };
    }
}
