package io.headwater.command.intake.signature;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way to prove where a request is from, as data.
///
/// @param name as a source names it
/// @param place where the signature, or the shared key, stands
/// @param layout how it is written there
/// @param signed what is signed, part by part; several spellings where providers or proxies differ,
///   any of them may match
/// @param encoding of the signature
/// @param secretForm of the source's secrets
/// @param time when the request was signed; null: nothing says so
record Scheme(
        String name,
        Place place,
        Layout layout,
        List<List<Part>> signed,
        Algorithm algorithm,
        Encoding encoding,
        SecretForm secretForm,
        @Nullable SignedTime time) {

    /// @param header that holds it; null: it stands beside the signature
    /// @param unit of the number
    /// @param tolerance how far it may be from now, either way
    record SignedTime(@Nullable String header, Unit unit, Duration tolerance) {}

    enum Unit {
        SECONDS,
        MILLISECONDS,
        /// told by its length: providers that send now this, now that
        EITHER
    }

    /// `<header>: <prefix><signature>` over the body, by HMAC with the secret's own characters.
    static Scheme plain(
            String name, String header, String prefix, Algorithm algorithm, Encoding encoding) {
        return new Scheme(
                name,
                new Place.Header(header),
                new Layout.Plain(prefix),
                List.of(List.of(new Part.RawBody())),
                algorithm,
                encoding,
                SecretForm.TEXT,
                null);
    }

    /// `<header>: t=<seconds>,v1=<hex>` over `<seconds>.<body>`, by HMAC-SHA256.
    static Scheme timed(String name, String header, Duration tolerance) {
        return new Scheme(
                name,
                new Place.Header(header),
                new Layout.Pairs("t", "v1"),
                List.of(List.of(Part.Simple.TIME, new Part.Text("."), new Part.RawBody())),
                Algorithm.HMAC_SHA256,
                Encoding.HEX,
                SecretForm.TEXT,
                new SignedTime(null, Unit.SECONDS, tolerance));
    }

    /// The secret itself, at that place.
    static Scheme sharedKey(String name, Place place) {
        return new Scheme(
                name,
                place,
                new Layout.Plain(""),
                List.of(),
                Algorithm.SHARED_KEY,
                Encoding.HEX,
                SecretForm.SHARED_KEY,
                null);
    }

    Scheme signing(Part... parts) {
        return signingAnyOf(List.of(List.of(parts)));
    }

    Scheme signingAnyOf(List<List<Part>> spellings) {
        return new Scheme(name, place, layout, spellings, algorithm, encoding, secretForm, time);
    }

    Scheme at(SignedTime when) {
        return new Scheme(name, place, layout, signed, algorithm, encoding, secretForm, when);
    }

    Scheme withSecrets(SecretForm form) {
        return new Scheme(name, place, layout, signed, algorithm, encoding, form, time);
    }

    Scheme within(Duration tolerance) {
        return time == null ? this : at(new SignedTime(time.header(), time.unit(), tolerance));
    }
}
