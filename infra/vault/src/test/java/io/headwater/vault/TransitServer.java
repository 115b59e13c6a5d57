package io.headwater.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// Speaks what is documented of the transit engine of HashiCorp Vault: encrypts for who has the
/// token, under a key that stays here.
///
/// source: HashiCorp Vault API, transit secrets engine
final class TransitServer implements AutoCloseable {

    static final String TOKEN = "hvs.of-the-test";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int IV = 12;

    private final HttpServer server;
    private final byte[] key = new byte[32];
    final List<String> asked = new CopyOnWriteArrayList<>();

    /// Status of every answer; 0: what is right.
    volatile int status;

    /// Operation that the policy of the token leaves out.
    volatile String denied = "";

    TransitServer() {
        RANDOM.nextBytes(key);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        server.createContext("/v1/", this::answer);
        server.start();
    }

    String uri() {
        return "hcvault+http://127.0.0.1:%d/transit/keys/headwater"
                .formatted(server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        String operation = path.replaceAll("/v1/transit/(\\w+)/headwater", "$1");
        byte[] body = exchange.getRequestBody().readAllBytes();
        int code =
                status != 0 ? status : TOKEN.equals(token) && !operation.equals(denied) ? 200 : 403;
        String text = "{\"errors\":[\"permission denied\"]}";
        if (code == 200) {
            try {
                text =
                        JsonMapper.shared()
                                .writeValueAsString(Map.of("data", data(operation, body)));
            } catch (Exception refused) {
                code = 400;
                text = "{\"errors\":[\"cipher: message authentication failed\"]}";
            }
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, String> data(String operation, byte[] body) throws Exception {
        var sent = JsonMapper.shared().readTree(body);
        byte[] associated = decoded(sent.path("associated_data").asString());
        if (operation.equals("encrypt")) {
            byte[] iv = new byte[IV];
            RANDOM.nextBytes(iv);
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, iv, associated)
                            .doFinal(decoded(sent.path("plaintext").asString()));
            byte[] both = Arrays.copyOf(iv, IV + sealed.length);
            System.arraycopy(sealed, 0, both, IV, sealed.length);
            return Map.of("ciphertext", "vault:v1:" + Base64.getEncoder().encodeToString(both));
        }
        byte[] both = decoded(sent.path("ciphertext").asString().replaceFirst("^vault:v1:", ""));
        byte[] opened =
                cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, IV), associated)
                        .doFinal(both, IV, both.length - IV);
        return Map.of("plaintext", Base64.getEncoder().encodeToString(opened));
    }

    private Cipher cipher(int mode, byte[] iv, byte[] associated) throws Exception {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(associated);
        return cipher;
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
