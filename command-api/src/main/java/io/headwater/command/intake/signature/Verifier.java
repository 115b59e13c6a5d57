package io.headwater.command.intake.signature;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A scheme with the secrets of one source, ready to check its requests. Every secret is tried, so
/// that one can be replaced while deliveries signed with the other are under way.
public final class Verifier {

    private final @Nullable Scheme scheme;
    private final Reason otherwise;
    private final List<Key> keys;

    private record Key(byte[] secret, Object key) {}

    private Verifier(@Nullable Scheme scheme, Reason otherwise, List<Key> keys) {
        this.scheme = scheme;
        this.otherwise = otherwise;
        this.keys = keys;
    }

    /// @param kept what is kept of the secrets; those of another form are passed over
    static Verifier of(Scheme scheme, List<String> kept) {
        var keys = new ArrayList<Key>();
        for (String text : kept) {
            byte[] secret = scheme.secretForm().key(text);
            if (secret != null) {
                keys.add(new Key(secret, scheme.algorithm().key(secret)));
            }
        }
        return new Verifier(scheme, Reason.NO_SECRET, keys);
    }

    static Verifier refusing(Reason reason) {
        return new Verifier(null, reason, List.of());
    }

    /// @return why the request is not authentic; null when it is
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException when the proof is
    ///   inside a body that cannot be read
    public @Nullable Reason check(SignedRequest request) {
        if (scheme == null) {
            return otherwise;
        }
        if (keys.isEmpty()) {
            return otherwise;
        }
        String proof = scheme.place().read(request);
        if (proof == null || proof.isBlank()) {
            return scheme.place().missing();
        }
        var claim = scheme.layout().read(proof.strip());
        if (claim.failure() != null) {
            return claim.failure();
        }
        if (lacksSignedHeader(request)) {
            return Reason.MISSING_HEADER;
        }
        return scheme.time() == null
                ? compared(request, claim, null)
                : timed(request, claim, scheme.time());
    }

    /// What must not be kept of the request: we do not know it otherwise.
    ///
    /// @return the key that it presents; null when it presents none, or a signature
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException when it is inside a
    ///   body that cannot be read
    public @Nullable String presentedKey(SignedRequest request) {
        if (scheme == null || scheme.algorithm() != Algorithm.SHARED_KEY) {
            return null;
        }
        String proof = scheme.place().read(request);
        return proof == null || proof.isBlank() ? null : proof.strip();
    }

    private boolean lacksSignedHeader(SignedRequest request) {
        return scheme != null
                && scheme.signed().stream()
                        .flatMap(List::stream)
                        .anyMatch(part ->
                                part instanceof Part.Header(var name)
                                        && request.header(name) == null);
    }

    /// The time counts only once the signature is known to be right: before that anybody may have
    /// written it.
    private @Nullable Reason timed(
            SignedRequest request, Layout.Claim claim, Scheme.SignedTime time) {
        String text = time.header() == null ? claim.time() : request.header(time.header());
        if (text == null) {
            return Reason.MISSING_HEADER;
        }
        Instant signedAt = instant(text.strip(), time.unit());
        if (signedAt == null) {
            return Reason.MALFORMED;
        }
        var reason = compared(request, claim, text.strip());
        if (reason != null) {
            return reason;
        }
        var age = Duration.between(signedAt, request.receivedAt());
        if (age.abs().compareTo(time.tolerance()) <= 0) {
            return null;
        }
        return age.isNegative() ? Reason.TOO_NEW : Reason.TOO_OLD;
    }

    private @Nullable Reason compared(
            SignedRequest request, Layout.Claim claim, @Nullable String time) {
        var signatures = signatures(claim);
        if (signatures.isEmpty()) {
            return Reason.MALFORMED;
        }
        boolean matches = false;
        for (Key key : keys) {
            var context = new Part.Context(request, time, key.secret());
            for (byte[] signature : signatures) {
                matches |= matches(key, context, signature);
            }
        }
        return matches ? null : Reason.MISMATCH;
    }

    private boolean matches(Key key, Part.Context context, byte[] signature) {
        var known = Objects.requireNonNull(scheme);
        if (known.algorithm() == Algorithm.SHARED_KEY) {
            return known.algorithm().verifies(key.key(), sink -> true, signature);
        }
        for (var spelling : known.signed()) {
            if (known.algorithm().verifies(key.key(), fed(spelling, context), signature)) {
                return true;
            }
        }
        return false;
    }

    private static Algorithm.Feed fed(List<Part> spelling, Part.Context context) {
        return sink -> {
            for (Part part : spelling) {
                if (!part.feed(context, sink)) {
                    return false;
                }
            }
            return true;
        };
    }

    private List<byte[]> signatures(Layout.Claim claim) {
        var known = Objects.requireNonNull(scheme);
        var decoded = new ArrayList<byte[]>();
        for (String text : claim.signatures()) {
            byte[] signature =
                    known.algorithm() == Algorithm.SHARED_KEY
                            ? text.getBytes(StandardCharsets.UTF_8)
                            : known.encoding().decode(text);
            if (signature != null
                    && (known.algorithm() == Algorithm.SHARED_KEY
                            || signature.length == known.algorithm().length())) {
                decoded.add(signature);
            }
        }
        return decoded;
    }

    private static @Nullable Instant instant(String text, Scheme.Unit unit) {
        if (text.isEmpty() || text.length() > 14) {
            return null;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            number = number * 10 + (c - '0');
        }
        boolean millis =
                unit == Scheme.Unit.MILLISECONDS
                        || (unit == Scheme.Unit.EITHER && text.length() > 11);
        return millis ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }
}
