package io.headwater.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Deliveries in the shapes of their providers: `lead/PROVIDER/*.json`, with the person, the id and
/// the secret filled in.
record Fixture(String provider, String body) {

    static Fixture of(TestSite site, String provider, String id, String email) {
        return of(provider, site.source(provider), id, email);
    }

    static Fixture of(String provider, TestSite.Source source, String id, String email) {
        boolean fact = provider.equals("calendly") || provider.equals("stripe");
        String file = "/lead/%s/%s.json".formatted(provider, fact ? "fact" : "lead");
        try (var in = Fixture.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError("no " + file);
            }
            return new Fixture(
                    provider,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("{{id}}", id)
                            .replace("{{email}}", email)
                            .replace("{{phone}}", phone(id))
                            .replace("{{secret}}", source.secret()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A number of nobody, another one for every id: equal numbers are one person.
    private static String phone(String id) {
        return "+1 %d-555-01%02d"
                .formatted(
                        201 + Math.floorMod(id.hashCode(), 700),
                        Math.floorMod(id.hashCode() / 700, 100));
    }

    Caller.Answer deliver(Caller caller, TestSite.Source source) {
        return caller.post(
                source.url(),
                Caller.JSON_TYPE,
                body,
                Signatures.of(provider, body, source.secret()));
    }

    /// As somebody would who knows the address but not the secret.
    Caller.Answer forge(Caller caller, TestSite.Source source) {
        String wrong = source.secret().replace("secret", "guess");
        String forged = body.replace(source.secret(), wrong);
        return caller.post(
                source.url(), Caller.JSON_TYPE, forged, Signatures.of(provider, forged, wrong));
    }
}
