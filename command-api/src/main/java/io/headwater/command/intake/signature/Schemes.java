package io.headwater.command.intake.signature;

import static io.headwater.command.intake.signature.Part.Simple.METHOD;
import static io.headwater.command.intake.signature.Part.Simple.PATH;
import static io.headwater.command.intake.signature.Part.Simple.SECRET;
import static io.headwater.command.intake.signature.Part.Simple.TIME;

import io.headwater.command.platform.KeyDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All signature schemes by their name, each after its provider's own document or library. One that
/// nobody outside has published an example or a description of is not here.
public final class Schemes {

    /// Anything that signs a body, or time and body, in one header: told by options.
    public static final String HMAC = "hmac";

    /// A key in `X-API-Key` or `Authorization: Bearer`, or in the header that the options name.
    public static final String API_KEY = "api-key";

    /// A key in the query string, in the parameter that the options name.
    public static final String API_KEY_QUERY = "api-key-query";

    /// The URL is the proof, by its parameter `token`.
    public static final String SECRET_URL = "secret-url";

    public static final String STANDARD_WEBHOOKS = "standard-webhooks";
    public static final String STANDARD_WEBHOOKS_ED25519 = "standard-webhooks-ed25519";

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Part.Text DOT = new Part.Text(".");
    private static final Part.Text COLON = new Part.Text(":");
    private static final Part.Text LINE = new Part.Text("\n");
    private static final Part.RawBody BODY = new Part.RawBody();
    private static final Part.Url URL = new Part.Url(Urls.Spelling.AS_CALLED);

    private static final Map<String, Scheme> SCHEMES = schemes();

    private Schemes() {}

    /// @return what a source can name
    public static SortedSet<String> names() {
        var names = new TreeSet<>(SCHEMES.keySet());
        names.add(HMAC);
        return names;
    }

    /// @param options what the scheme leaves open, see [SchemeOptions]
    /// @param kept what is kept of the secrets, see [#kept]
    /// @return a verifier that turns down everything when name, options or secrets cannot be used
    public static Verifier verifier(String scheme, Map<String, String> options, List<String> kept) {
        try {
            return Verifier.of(SchemeOptions.applied(SCHEMES, scheme, options), kept);
        } catch (IllegalArgumentException wrong) {
            return Verifier.refusing(Reason.MISCONFIGURED);
        }
    }

    /// A signature can only be checked with the secret itself, a key also with its digest.
    ///
    /// @return what is kept of a secret; nothing that the scheme would take for a proof where the
    ///   secret itself is sent
    public static String kept(String scheme, String secret) {
        var known = SCHEMES.get(scheme);
        return known == null ? secret : known.secretForm().kept(secret);
    }

    /// @param kept what is kept of the secrets of a source
    /// @return what is wrong, as of [#wrongIn]
    public static Map<String, String> wrongInKept(
            String scheme, Map<String, String> options, List<String> kept) {
        return wrongIn(
                scheme,
                options,
                kept,
                (form, secret) ->
                        form.key(secret) != null
                                ? null
                                : form == SecretForm.SHARED_KEY || KeyDigest.is(secret)
                                        ? "was given for another kind of scheme; connect another"
                                                + " source"
                                        : form.rule());
    }

    /// @param secrets as they are given
    /// @return what is wrong, by `scheme`, `options.<name>` or `secrets[<index>]`; empty when a
    ///   source can use them
    public static Map<String, String> wrongIn(
            String scheme, Map<String, String> options, List<String> secrets) {
        return wrongIn(
                scheme,
                options,
                secrets,
                (form, secret) -> form.decode(secret) == null ? form.rule() : null);
    }

    private static Map<String, String> wrongIn(
            String scheme,
            Map<String, String> options,
            List<String> secrets,
            BiFunction<SecretForm, String, @Nullable String> rule) {
        if (!names().contains(scheme)) {
            return Map.of("scheme", "is none of " + String.join(", ", names()));
        }
        var wrong = new TreeMap<>(SchemeOptions.wrongIn(SCHEMES, scheme, options));
        if (!wrong.isEmpty()) {
            return wrong;
        }
        var form = SchemeOptions.applied(SCHEMES, scheme, options);
        if (secrets.isEmpty()) {
            wrong.put("secrets", "must hold at least one");
        }
        for (int i = 0; i < secrets.size(); i++) {
            String why = rule.apply(form.secretForm(), secrets.get(i));
            if (why != null) {
                wrong.put("secrets[" + i + "]", why);
            }
        }
        return wrong;
    }

    private static Map<String, Scheme> schemes() {
        var byName = new LinkedHashMap<String, Scheme>();
        Stream.of(general(), signedBodies(), signedTimes(), signedUrls())
                .flatMap(List::stream)
                .forEach(scheme -> byName.put(scheme.name(), scheme));
        return Map.copyOf(byName);
    }

    private static List<Scheme> general() {
        return List.of(
                Scheme.sharedKey(SECRET_URL, new Place.Parameter(NewSecrets.TOKEN)),
                Scheme.sharedKey(API_KEY, new Place.ApiKey()),
                Scheme.sharedKey(API_KEY_QUERY, new Place.Parameter("api_key")),
                // source: CloudEvents, "HTTP 1.1 Web Hooks for Event Delivery", 3.2; RFC 6750, 2.3
                Scheme.sharedKey("access-token", new Place.Parameter("access_token")),
                // source: Google Ads, "Webhook integration"
                Scheme.sharedKey("google-key", new Place.Member("google_key")),
                standard(STANDARD_WEBHOOKS, "v1", Algorithm.HMAC_SHA256, SecretForm.WHSEC),
                standard(STANDARD_WEBHOOKS_ED25519, "v1a", Algorithm.ED25519, SecretForm.WHPK));
    }

    private static List<Scheme> signedBodies() {
        return List.of(
                // source: GitHub, "Validating webhook deliveries"; Meta, "Webhooks: validate
                // payloads"
                Scheme.plain(
                        "x-hub-signature-256",
                        "X-Hub-Signature-256",
                        "sha256=",
                        Algorithm.HMAC_SHA256,
                        Encoding.HEX),
                // source: Typeform, "Secure your webhooks"
                Scheme.plain(
                        "typeform",
                        "Typeform-Signature",
                        "sha256=",
                        Algorithm.HMAC_SHA256,
                        Encoding.BASE64),
                // source: Cal.com, "Webhooks: verifying the authenticity of the received payload"
                Scheme.plain(
                        "cal-com", "X-Cal-Signature-256", "", Algorithm.HMAC_SHA256, Encoding.HEX),
                // source: LinkedIn, "Webhook validation"
                Scheme.plain("linkedin", "X-LI-Signature", "", Algorithm.HMAC_SHA256, Encoding.HEX)
                        .signing(new Part.Text("hmacsha256="), BODY),
                // source: TikTok, "Webhooks: verify the signature"; it does not say whether what it
                // sends is escaped already
                Scheme.plain("tiktok", "X-Open-Signature", "", Algorithm.HMAC_SHA256, Encoding.HEX)
                        .signingAnyOf(List.of(List.of(BODY), List.of(new Part.EscapedBody()))),
                // source: CallRail API, "Security: validating payloads"
                Scheme.plain("callrail", "Signature", "", Algorithm.HMAC_SHA1, Encoding.BASE64),
                // source: Segment, "Webhooks destination: authenticate webhook requests"
                Scheme.plain("segment", "X-Signature", "", Algorithm.HMAC_SHA1, Encoding.HEX),
                // source: Intercom, "Webhooks: signed notifications"
                Scheme.plain(
                        "intercom", "X-Hub-Signature", "sha1=", Algorithm.HMAC_SHA1, Encoding.HEX),
                // source: Tally, "Webhooks: signing secret"
                Scheme.plain(
                        "tally", "Tally-Signature", "", Algorithm.HMAC_SHA256, Encoding.BASE64));
    }

    private static List<Scheme> signedTimes() {
        return List.of(
                // source: Stripe, "Verify webhook signatures"; the whole `whsec_…` is the key
                Scheme.timed("stripe", "Stripe-Signature", FIVE_MINUTES),
                // source: Calendly, "Webhook signatures"; its sample allows three minutes
                Scheme.timed("calendly", "Calendly-Webhook-Signature", Duration.ofMinutes(3)),
                // source: Webflow, "Working with webhooks: validating request signatures"
                hex("webflow", "X-Webflow-Signature", "")
                        .signing(TIME, COLON, BODY)
                        .at(
                                new Scheme.SignedTime(
                                        "X-Webflow-Timestamp",
                                        Scheme.Unit.MILLISECONDS,
                                        FIVE_MINUTES)),
                // source: Slack, "Verifying requests from Slack"
                hex("slack", "X-Slack-Signature", "v0=")
                        .signing(new Part.Text("v0:"), TIME, COLON, BODY)
                        .at(seconds("X-Slack-Request-Timestamp")),
                // source: Customer.io, "Reporting webhooks: verify the webhook's signature"
                hex("customer-io", "X-CIO-Signature", "")
                        .signing(new Part.Text("v0:"), TIME, COLON, BODY)
                        .at(seconds("X-CIO-Timestamp")),
                // source: Evocalize, "Client leads webhook: signature validation"
                digest("evocalize", "X-Evocalize-Signature")
                        .signing(PATH, LINE, BODY, LINE, TIME, LINE, SECRET)
                        .at(
                                new Scheme.SignedTime(
                                        "X-Evocalize-Timestamp",
                                        Scheme.Unit.EITHER,
                                        FIVE_MINUTES)));
    }

    private static List<Scheme> signedUrls() {
        return List.of(
                // source: HubSpot, "Validating requests"
                digest("hubspot-v1", "X-HubSpot-Signature").signing(SECRET, BODY),
                digest("hubspot-v2", "X-HubSpot-Signature").signing(SECRET, METHOD, URL, BODY),
                Scheme.plain(
                                "hubspot-v3",
                                "X-HubSpot-Signature-v3",
                                "",
                                Algorithm.HMAC_SHA256,
                                Encoding.BASE64)
                        .signingAnyOf(
                                spellings(Urls.Spelling.HUBSPOT, Urls.Spelling.AS_CALLED).stream()
                                        .map(url -> List.of(METHOD, url, BODY, TIME))
                                        .toList())
                        .at(
                                new Scheme.SignedTime(
                                        "X-HubSpot-Request-Timestamp",
                                        Scheme.Unit.MILLISECONDS,
                                        FIVE_MINUTES)),
                // source: Twilio, "Webhooks security"; its libraries try the same spellings
                Scheme.plain(
                                "twilio",
                                "X-Twilio-Signature",
                                "",
                                Algorithm.HMAC_SHA1,
                                Encoding.BASE64)
                        .signingAnyOf(
                                spellings(
                                                Urls.Spelling.AS_CALLED,
                                                Urls.Spelling.WITH_PORT,
                                                Urls.Spelling.WITHOUT_PORT,
                                                Urls.Spelling.QUOTE_ENCODED)
                                        .stream()
                                        .map(url -> List.of(url, new Part.FormParameters()))
                                        .toList()));
    }

    private static List<Part> spellings(Urls.Spelling... spellings) {
        return Arrays.stream(spellings).<Part>map(Part.Url::new).toList();
    }

    private static Scheme hex(String name, String header, String prefix) {
        return Scheme.plain(name, header, prefix, Algorithm.HMAC_SHA256, Encoding.HEX);
    }

    private static Scheme digest(String name, String header) {
        return Scheme.plain(name, header, "", Algorithm.SHA256, Encoding.HEX);
    }

    private static Scheme.SignedTime seconds(String header) {
        return new Scheme.SignedTime(header, Scheme.Unit.SECONDS, FIVE_MINUTES);
    }

    /// source: Standard Webhooks specification 1.0
    private static Scheme standard(
            String name, String version, Algorithm algorithm, SecretForm secrets) {
        return new Scheme(
                name,
                new Place.Header("webhook-signature"),
                new Layout.Versions(version),
                List.of(List.of(new Part.Header("webhook-id"), DOT, TIME, DOT, BODY)),
                algorithm,
                Encoding.BASE64,
                secrets,
                seconds("webhook-timestamp"));
    }
}
