package io.headwater.schema;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/// How an application proves itself to the brokers and they to it. Everything that is not set is
/// empty. Stores are PKCS#12, unless their name ends with `.pem` or `.jks`.
///
/// @param protocol `PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`
/// @param saslMechanism `SCRAM-SHA-512`, `SCRAM-SHA-256` or `PLAIN`; another one needs
///   `saslJaasConfig`
/// @param saslJaasConfig instead of name and password, as Kafka's own tools take it
/// @param truststore file with the authority of the brokers; empty: those that the JDK trusts
/// @param keystore file with a certificate of this application, where the brokers ask for one
/// @param keystorePassword of the file and of its key
public record KafkaSecurity(
        String protocol,
        String saslMechanism,
        String saslUsername,
        String saslPassword,
        String saslJaasConfig,
        String truststore,
        String truststorePassword,
        String keystore,
        String keystorePassword) {

    private static final Set<String> PROTOCOLS =
            Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final String USUAL_MECHANISM = "SCRAM-SHA-512";

    /// Of brokers that ask nobody.
    public static final KafkaSecurity NONE = of(Map.of());

    /// @throws IllegalArgumentException for what does not go together, by the variables' names
    public KafkaSecurity {
        protocol = or(protocol, "PLAINTEXT").toUpperCase(Locale.ROOT);
        saslMechanism = or(saslMechanism, USUAL_MECHANISM);
        saslUsername = or(saslUsername, "");
        saslPassword = or(saslPassword, "");
        saslJaasConfig = or(saslJaasConfig, "");
        truststore = or(truststore, "");
        truststorePassword = or(truststorePassword, "");
        keystore = or(keystore, "");
        keystorePassword = or(keystorePassword, "");
        if (!PROTOCOLS.contains(protocol)) {
            throw new IllegalArgumentException(
                    "KAFKA_SECURITY_PROTOCOL is %s, and not one of %s"
                            .formatted(protocol, "PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL"));
        }
        boolean sasl = protocol.startsWith("SASL_");
        boolean named = !saslUsername.isEmpty() && !saslPassword.isEmpty();
        if (sasl && !named && saslJaasConfig.isEmpty()) {
            throw new IllegalArgumentException(
                    "KAFKA_SECURITY_PROTOCOL is %s: set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or KAFKA_SASL_JAAS_CONFIG"
                            .formatted(protocol));
        }
        if (sasl && saslJaasConfig.isEmpty() && loginModule(saslMechanism).isEmpty()) {
            throw new IllegalArgumentException(
                    "KAFKA_SASL_MECHANISM %s needs KAFKA_SASL_JAAS_CONFIG"
                            .formatted(saslMechanism));
        }
        // nobody sets a password or an authority and means to send everything in the clear
        if (!sasl && (!saslPassword.isEmpty() || !saslJaasConfig.isEmpty())) {
            throw new IllegalArgumentException(
                    "KAFKA_SASL_… is set, but KAFKA_SECURITY_PROTOCOL is " + protocol);
        }
        if (!protocol.endsWith("SSL") && (!truststore.isEmpty() || !keystore.isEmpty())) {
            throw new IllegalArgumentException(
                    "KAFKA_SSL_… is set, but KAFKA_SECURITY_PROTOCOL is " + protocol);
        }
    }

    /// @param environment variables of this process
    public static KafkaSecurity of(Map<String, String> environment) {
        return new KafkaSecurity(
                environment.getOrDefault("KAFKA_SECURITY_PROTOCOL", ""),
                environment.getOrDefault("KAFKA_SASL_MECHANISM", ""),
                environment.getOrDefault("KAFKA_SASL_USERNAME", ""),
                environment.getOrDefault("KAFKA_SASL_PASSWORD", ""),
                environment.getOrDefault("KAFKA_SASL_JAAS_CONFIG", ""),
                environment.getOrDefault("KAFKA_SSL_TRUSTSTORE", ""),
                environment.getOrDefault("KAFKA_SSL_TRUSTSTORE_PASSWORD", ""),
                environment.getOrDefault("KAFKA_SSL_KEYSTORE", ""),
                environment.getOrDefault("KAFKA_SSL_KEYSTORE_PASSWORD", ""));
    }

    /// @return settings of Kafka's clients; none for brokers that ask nobody
    public Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        if (protocol.equals("PLAINTEXT")) {
            return settings;
        }
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        if (protocol.startsWith("SASL_")) {
            settings.put(SaslConfigs.SASL_MECHANISM, saslMechanism);
            settings.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    saslJaasConfig.isEmpty() ? jaas() : saslJaasConfig);
        }
        if (!truststore.isEmpty()) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, truststore);
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, type(truststore));
            put(settings, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, truststorePassword);
        }
        if (!keystore.isEmpty()) {
            settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, keystore);
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, type(keystore));
            if (!type(keystore).equals("PEM")) {
                put(settings, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, keystorePassword);
            }
            put(settings, SslConfigs.SSL_KEY_PASSWORD_CONFIG, keystorePassword);
        }
        return settings;
    }

    /// Names no secret: settings are logged when they are refused.
    @Override
    public String toString() {
        return "%s as %s"
                .formatted(protocol, saslUsername.isEmpty() ? "told elsewhere" : saslUsername);
    }

    private String jaas() {
        return "%s required username=%s password=%s;"
                .formatted(loginModule(saslMechanism), quoted(saslUsername), quoted(saslPassword));
    }

    /// @return empty when it takes more than a name and a password
    private static String loginModule(String mechanism) {
        String module =
                switch (mechanism) {
                    case "PLAIN" -> "plain.PlainLoginModule";
                    case "SCRAM-SHA-256", "SCRAM-SHA-512" -> "scram.ScramLoginModule";
                    default -> "";
                };
        return module.isEmpty() ? "" : "org.apache.kafka.common.security." + module;
    }

    /// The parser of Kafka reads it as a string of Java.
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String type(String store) {
        return store.endsWith(".pem") ? "PEM" : store.endsWith(".jks") ? "JKS" : "PKCS12";
    }

    private static void put(Map<String, String> settings, String name, String value) {
        if (!value.isEmpty()) {
            settings.put(name, value);
        }
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }
}
