package io.headwater.vault;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A key of HashiCorp Vault's transit engine: what is to be locked is sent there and comes back
/// locked. Needs `update` on `MOUNT/encrypt/NAME` and `MOUNT/decrypt/NAME`.
///
/// `hcvault://HOST:PORT/MOUNT/keys/NAME` is reached by HTTPS; `hcvault+http://` only on this
/// machine, for an agent that adds the token itself.
///
/// source: HashiCorp Vault API, transit secrets engine, Encrypt Data and Decrypt Data
final class HashicorpTransit implements Aead {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Pattern KEY =
            Pattern.compile("^/(?<mount>.+)/keys/(?<name>[A-Za-z0-9._-]+)");
    private static final String PLAIN_HTTP = "hcvault+http";
    private static final int DENIED = 403;
    private static final int SERVER_ERRORS = 500;
    private static final int TOO_MANY = 429;

    private final String shown;
    private final URI base;
    private final String mount;
    private final String name;
    private final Map<String, String> environment;

    /// @param environment with `HCVAULT_TOKEN` or `HCVAULT_TOKEN_FILE`, which is read for each
    ///   call, and `HCVAULT_NAMESPACE`
    /// @throws VaultRefusedException when the URI is of another form
    HashicorpTransit(String uri, Map<String, String> environment) {
        var parsed = URI.create(uri);
        var path = KEY.matcher(String.valueOf(parsed.getPath()));
        if (parsed.getHost() == null || !path.matches()) {
            throw new VaultRefusedException(
                    uri + " is not of the form hcvault://HOST:PORT/MOUNT/keys/NAME");
        }
        boolean plain = PLAIN_HTTP.equals(parsed.getScheme());
        if (plain && !isHere(parsed.getHost())) {
            throw new VaultRefusedException(
                    uri + " is not on this machine: a token may not travel without TLS");
        }
        this.shown = uri;
        this.base =
                URI.create((plain ? "http://" : "https://") + parsed.getRawAuthority() + "/v1/");
        this.mount = path.group("mount");
        this.name = path.group("name");
        this.environment = environment;
    }

    private static boolean isHere(String host) {
        try {
            return host.equals("localhost")
                    || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        var sent = JsonMapper.shared().createObjectNode();
        sent.put("plaintext", base64(plaintext));
        sent.put("associated_data", base64(associatedData));
        return member(call("encrypt", sent), "ciphertext")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData)
            throws GeneralSecurityException {
        var sent = JsonMapper.shared().createObjectNode();
        sent.put("ciphertext", new String(ciphertext, java.nio.charset.StandardCharsets.US_ASCII));
        sent.put("associated_data", base64(associatedData));
        try {
            return Base64.getDecoder().decode(member(call("decrypt", sent), "plaintext"));
        } catch (IllegalArgumentException other) {
            throw new GeneralSecurityException(shown + " answers with something else", other);
        }
    }

    /// @throws VaultUnavailableException when it does not answer, or is sealed, or too busy
    private JsonNode call(String operation, JsonNode sent) throws GeneralSecurityException {
        var request =
                HttpRequest.newBuilder(base.resolve(mount + "/" + operation + "/" + name))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .header("X-Vault-Request", "true")
                        .POST(HttpRequest.BodyPublishers.ofString(sent.toString()));
        String token = token();
        if (!token.isEmpty()) {
            request.header("X-Vault-Token", token);
        }
        String namespace = environment.getOrDefault("HCVAULT_NAMESPACE", "");
        if (!namespace.isEmpty()) {
            request.header("X-Vault-Namespace", namespace);
        }
        try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return data(operation, answer.statusCode(), answer.body());
        } catch (IOException away) {
            throw new VaultUnavailableException(
                    "%s does not answer: %s".formatted(shown, away.getClass().getSimpleName()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new VaultUnavailableException("interrupted");
        }
    }

    /// What it says of errors may quote what was sent: not repeated.
    private JsonNode data(String operation, int status, String body)
            throws GeneralSecurityException {
        if (status >= SERVER_ERRORS || status == TOO_MANY) {
            throw new VaultUnavailableException(
                    "%s answers %d to %s".formatted(shown, status, operation));
        }
        if (status == DENIED) {
            throw new VaultRefusedException(
                    "%s does not allow %s: look at HCVAULT_TOKEN or HCVAULT_TOKEN_FILE, and its policy"
                            .formatted(shown, operation));
        }
        if (status / 100 != 2) {
            throw new GeneralSecurityException(
                    "%s answers %d to %s".formatted(shown, status, operation));
        }
        try {
            return JsonMapper.shared().readTree(body).path("data");
        } catch (JacksonException other) {
            throw new GeneralSecurityException(shown + " answers with something else", other);
        }
    }

    private String member(JsonNode data, String member) throws GeneralSecurityException {
        var value = data.path(member);
        if (!value.isString()) {
            throw new GeneralSecurityException(shown + " answers without " + member);
        }
        return value.stringValue();
    }

    /// @throws VaultRefusedException when the file that is named cannot be read
    private String token() {
        String file = environment.getOrDefault("HCVAULT_TOKEN_FILE", "");
        if (file.isEmpty()) {
            return environment.getOrDefault("HCVAULT_TOKEN", "");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException missing) {
            throw new VaultRefusedException("HCVAULT_TOKEN_FILE cannot be read: " + file, missing);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return shown;
    }
}
