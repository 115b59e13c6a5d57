package io.headwater.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/// A Kafka for tests as a careful operator has it: TLS alone, everybody proves who they are
/// (SCRAM-SHA-512), and who was given no right has none (`StandardAuthorizer`). In a folder that
/// goes away at the end.
public final class SecuredKafka implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final int ITERATIONS = 4096;

    private final Path folder;
    private final BackendSettings settings;
    private final String password = UUID.randomUUID().toString();
    private final ChildProcess child;

    private SecuredKafka(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.settings =
                new BackendSettings(
                        Installation.find(),
                        folder,
                        Files.createDirectories(folder.resolve("logs")),
                        null,
                        Ports.free(),
                        "",
                        "");
        makeCertificate();
        Path file = folder.resolve("server.properties");
        Files.writeString(file, String.join("\n", brokerSettings()));
        child = ChildProcess.start(BackendSpecs.kafka(settings, List.of(file.toString())));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /// Starts one and returns when it is ready.
    public static SecuredKafka start() {
        try {
            var kafka = new SecuredKafka(Files.createTempDirectory("headwater-secured-"));
            kafka.child.awaitReady();
            return kafka;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BackendException("interrupted", stopped);
        }
    }

    public String bootstrap() {
        return "127.0.0.1:" + settings.ports().kafka();
    }

    /// Of the operator, who may do everything.
    ///
    /// @return variables of the environment
    public Map<String, String> admin() {
        var variables = variables(ADMIN, password);
        variables.put("KAFKA_SASL_MECHANISM", "PLAIN");
        return variables;
    }

    /// Makes an account.
    ///
    /// @param operator client of the operator
    /// @return variables of the environment for who has it
    /// @throws ExecutionException when the broker refuses
    public Map<String, String> account(Admin operator, String name)
            throws ExecutionException, InterruptedException {
        String secret = UUID.randomUUID().toString();
        operator.alterUserScramCredentials(
                        List.of(
                                new UserScramCredentialUpsertion(
                                        name,
                                        new ScramCredentialInfo(
                                                ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                                        secret)))
                .all()
                .get();
        return variables(name, secret);
    }

    private Map<String, String> variables(String name, String secret) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap());
        variables.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        variables.put("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        variables.put("KAFKA_SASL_USERNAME", name);
        variables.put("KAFKA_SASL_PASSWORD", secret);
        variables.put("KAFKA_SSL_TRUSTSTORE", folder.resolve("ca.pem").toString());
        return variables;
    }

    private List<String> brokerSettings() {
        String broker = "SASL_SSL://" + bootstrap();
        String plain =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\" user_%s=\"%s\";"
                        .formatted(ADMIN, password, ADMIN, password);
        return List.of(
                "listeners=%s,CONTROLLER://127.0.0.1:%d"
                        .formatted(broker, settings.ports().kafkaController()),
                "advertised.listeners=" + broker,
                "listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:SASL_SSL",
                "security.inter.broker.protocol=SASL_SSL",
                "sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512",
                "sasl.mechanism.inter.broker.protocol=PLAIN",
                "sasl.mechanism.controller.protocol=PLAIN",
                "listener.name.sasl_ssl.plain.sasl.jaas.config=" + plain,
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "listener.name.controller.sasl.enabled.mechanisms=PLAIN",
                "listener.name.controller.plain.sasl.jaas.config=" + plain,
                "ssl.keystore.location=" + folder.resolve("broker.p12"),
                "ssl.keystore.type=PKCS12",
                "ssl.keystore.password=" + password,
                "ssl.key.password=" + password,
                "ssl.truststore.location=" + folder.resolve("ca.pem"),
                "ssl.truststore.type=PEM",
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users=User:" + ADMIN,
                "allow.everyone.if.no.acl.found=false");
    }

    /// One certificate that is its own authority, for 127.0.0.1.
    private void makeCertificate() throws IOException, InterruptedException {
        String store = folder.resolve("broker.p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                password);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                store,
                "-storepass",
                password,
                "-file",
                folder.resolve("ca.pem").toString());
    }

    private static void keytool(String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Installation.java().resolveSibling("keytool").toString());
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new BackendException("keytool: " + said);
        }
    }

    /// Where the broker's log is.
    public Path log() {
        return settings.logDir().resolve("kafka.log");
    }

    @Override
    public void close() {
        child.close();
        try {
            if (Files.exists(folder)) {
                Folders.delete(folder);
            }
        } catch (IOException | UncheckedIOException left) {
            System.err.println("left behind: " + folder + " (" + left.getMessage() + ")");
        }
    }
}
