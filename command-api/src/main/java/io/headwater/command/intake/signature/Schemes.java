package io.headwater.command.intake.signature;

import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.body.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All signature schemes by their name.
public final class Schemes {

    private Schemes() {}

    /// @return why the request is not authentic; null when it is
    public static Signature.@Nullable Reason check(
            String scheme, SignedRequest request, List<String> secrets) {
        return switch (scheme) {
            case "stripe" -> signed(Signature.STRIPE, request, secrets);
            case "typeform" -> signed(Signature.TYPEFORM, request, secrets);
            case "calendly" -> signed(Signature.CALENDLY, request, secrets);
            case "standard-webhooks" -> signed(Signature.STANDARD, request, secrets);
            case "google-key" -> Keys.check(Json.text(request.tree().path("google_key")), secrets);
            case "api-key" ->
                    Keys.check(
                            ApiKeys.presented(
                                    request.header("X-API-Key"), request.header("Authorization")),
                            secrets);
            default -> throw new IllegalArgumentException("no scheme " + scheme);
        };
    }

    private static Signature.@Nullable Reason signed(
            Signature signature, SignedRequest request, List<String> secrets) {
        return signature.check(request::header, request.bytes(), secrets, request.receivedAt());
    }
}
