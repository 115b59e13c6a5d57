package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The edge with a certificate of its own, as docs/security.md says.
@SuppressWarnings("NullAway.Init")
class TlsHttpTest {

    private static final String PASSWORD = "changeit";

    @TempDir private static Path folder;

    private static EdgeServer server;
    private static SSLContext trusting;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("server.p12");
        makeCertificate(store);
        trusting = trusting(store);
        server =
                new EdgeServer(
                        "--server.ssl.key-store=" + store.toUri(),
                        "--server.ssl.key-store-password=" + PASSWORD,
                        "--server.ssl.enabled-protocols=TLSv1.3,TLSv1.2");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void leadsComeOverTlsAndBrowsersAreToldToStayWithIt() throws Exception {
        try (var client = client(null)) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(uri("https", "/lead.capture"))
                                    .header("X-API-Key", FakeDirectory.API_KEY)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"email\":\"tls@example.test\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .hasValueSatisfying(told -> assertThat(told).contains("max-age=31536000"));
        }
    }

    @Test
    void plainHttpAndOldProtocolsGetNothing() throws Exception {
        var health = HttpRequest.newBuilder(uri("https", "/health")).build();
        var plain = HttpRequest.newBuilder(uri("http", "/health")).build();
        try (var old = client("TLSv1.1");
                var client = client(null)) {
            assertThatThrownBy(() -> old.send(health, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLException.class);
            assertThat(client.send(plain, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
        }
    }

    private static URI uri(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + server.port + path);
    }

    /// @param protocol the only one that it speaks; null: what the JDK does
    private static HttpClient client(@Nullable String protocol) {
        var client = HttpClient.newBuilder().sslContext(trusting);
        if (protocol != null) {
            var parameters = new SSLParameters();
            parameters.setProtocols(new String[] {protocol});
            client.sslParameters(parameters);
        }
        return client.build();
    }

    private static SSLContext trusting(Path store) throws Exception {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void makeCertificate(Path store) throws IOException, InterruptedException {
        var keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(keytool.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    }
}
