package io.headwater.command.edge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proves a delivery as its provider does, written apart from the product.
///
/// source: the providers' documents, as `intake.signature.Schemes` names them
///
/// @param url as the provider calls it
/// @param form whether the body is a form
record ProviderSigner(String provider, String secret, String url, byte[] body, boolean form) {

    /// @return headers; empty where the proof is in the URL or in the body
    Map<String, String> headers() {
        long millis = Instant.now().toEpochMilli();
        String seconds = String.valueOf(millis / 1000);
        return switch (provider) {
            case "google-ads", "jotform", "mailchimp", "unbounce" -> Map.of();
            case "generic", "cloudevents", "core-forms", "formsort", "gravity-forms" ->
                    Map.of("X-API-Key", secret);
            case "meta" -> Map.of("X-Hub-Signature-256", "sha256=" + hex(hmac("SHA256", text())));
            case "linkedin" ->
                    Map.of("X-LI-Signature", hex(hmac("SHA256", "hmacsha256=" + text())));
            case "tiktok" -> Map.of("X-Open-Signature", hex(hmac("SHA256", text())));
            case "cal-com" -> Map.of("X-Cal-Signature-256", hex(hmac("SHA256", text())));
            case "typeform" ->
                    Map.of("Typeform-Signature", "sha256=" + base64(hmac("SHA256", text())));
            case "tally" -> Map.of("Tally-Signature", base64(hmac("SHA256", text())));
            case "callrail" -> Map.of("Signature", base64(hmac("SHA1", text())));
            case "segment" -> Map.of("X-Signature", hex(hmac("SHA1", text())));
            case "intercom" -> Map.of("X-Hub-Signature", "sha1=" + hex(hmac("SHA1", text())));
            case "stripe" -> Map.of("Stripe-Signature", timed(seconds));
            case "calendly" -> Map.of("Calendly-Webhook-Signature", timed(seconds));
            case "customer-io" ->
                    Map.of(
                            "X-CIO-Timestamp",
                            seconds,
                            "X-CIO-Signature",
                            hex(hmac("SHA256", "v0:" + seconds + ":" + text())));
            case "webflow" ->
                    Map.of(
                            "X-Webflow-Timestamp",
                            String.valueOf(millis),
                            "X-Webflow-Signature",
                            hex(hmac("SHA256", millis + ":" + text())));
            case "hubspot" ->
                    Map.of(
                            "X-HubSpot-Request-Timestamp",
                            String.valueOf(millis),
                            "X-HubSpot-Signature-v3",
                            base64(hmac("SHA256", "POST" + url + text() + millis)));
            case "evocalize" ->
                    Map.of(
                            "X-Evocalize-Timestamp",
                            String.valueOf(millis),
                            "X-Evocalize-Signature",
                            hex(sha256(String.join("\n", path(), text(), millis + "", secret))));
            case "filaforms" ->
                    Map.of(
                            "webhook-id",
                            "msg_" + millis,
                            "webhook-timestamp",
                            seconds,
                            "webhook-signature",
                            "v1,"
                                    + base64(
                                            hmac(
                                                    "SHA256",
                                                    Base64.getDecoder().decode(secret.substring(6)),
                                                    "msg_" + millis + "." + seconds + "."
                                                            + text())));
            case "twilio" -> Map.of("X-Twilio-Signature", base64(hmac("SHA1", url + fields())));
            default -> throw new AssertionError("nobody knows how " + provider + " signs");
        };
    }

    /// Twilio signs no JSON, but the digest of it in the URL.
    static String withDigest(String url, byte[] body) {
        return url + "?bodySHA256=" + hex(sha256(new String(body, StandardCharsets.ISO_8859_1)));
    }

    /// Each byte a character.
    private String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private String path() {
        return url.replaceFirst("https://[^/]+", "");
    }

    private String timed(String seconds) {
        return "t=" + seconds + ",v1=" + hex(hmac("SHA256", seconds + "." + text()));
    }

    /// Names and values of a form, in the order of the names.
    private String fields() {
        if (!form) {
            return "";
        }
        var sorted = new TreeMap<String, String>();
        for (String pair : text().strip().split("&")) {
            String[] parts = pair.split("=", 2);
            sorted.put(decoded(parts[0]), decoded(parts[1]));
        }
        return sorted.entrySet().stream()
                .map(field -> field.getKey() + field.getValue())
                .collect(Collectors.joining());
    }

    /// Bytes as characters again, since that is how they are signed here.
    private static String decoded(String text) {
        return new String(
                URLDecoder.decode(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
    }

    private byte[] hmac(String digest, String signed) {
        return hmac(digest, secret.getBytes(StandardCharsets.UTF_8), signed);
    }

    private static byte[] hmac(String digest, byte[] key, String signed) {
        try {
            Mac mac = Mac.getInstance("Hmac" + digest);
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            return mac.doFinal(signed.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// As [EdgeServer] takes them.
    static String[] flat(Map<String, String> headers) {
        return headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);
    }
}
