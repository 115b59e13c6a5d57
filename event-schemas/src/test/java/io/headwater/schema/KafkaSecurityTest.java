package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSecurityTest {

    @Test
    void nothingIsSaidToBrokersThatAskNobody() {
        assertThat(Brokers.at("k:1").settings())
                .containsExactlyEntriesOf(Map.of("bootstrap.servers", "k:1"));
        assertThat(KafkaSecurity.of(Map.of("KAFKA_SECURITY_PROTOCOL", " ")))
                .isEqualTo(KafkaSecurity.NONE);
    }

    @Test
    void aNameAndAPasswordAreALoginWhateverIsInThem() {
        String password = "q\"uo\\te; required x=\"y";
        var settings =
                KafkaSecurity.of(
                                Map.of(
                                        "KAFKA_SECURITY_PROTOCOL", "sasl_ssl",
                                        "KAFKA_SASL_USERNAME", "projectors",
                                        "KAFKA_SASL_PASSWORD", password,
                                        "KAFKA_SSL_TRUSTSTORE", "/etc/ca.pem"))
                        .settings();

        assertThat(settings)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("ssl.truststore.type", "PEM")
                .doesNotContainKey("ssl.truststore.password");
        var login =
                JaasContext.loadClientContext(
                                Map.of(
                                        "sasl.jaas.config",
                                        new Password(settings.get("sasl.jaas.config"))))
                        .configurationEntries();
        assertThat(login).hasSize(1);
        assertThat(login.getFirst().getLoginModuleName())
                .isEqualTo(ScramLoginModule.class.getName());
        assertThat(login.getFirst().getOptions().get("username")).isEqualTo("projectors");
        assertThat(login.getFirst().getOptions().get("password")).isEqualTo(password);
    }

    @Test
    void everySettingIsOneOfKafka() {
        var settings =
                KafkaSecurity.of(
                                Map.of(
                                        "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                                        "KAFKA_SASL_MECHANISM", "PLAIN",
                                        "KAFKA_SASL_USERNAME", "u",
                                        "KAFKA_SASL_PASSWORD", "p",
                                        "KAFKA_SSL_TRUSTSTORE", "t.p12",
                                        "KAFKA_SSL_TRUSTSTORE_PASSWORD", "tp",
                                        "KAFKA_SSL_KEYSTORE", "k.jks",
                                        "KAFKA_SSL_KEYSTORE_PASSWORD", "kp"))
                        .settings();

        assertThat(AdminClientConfig.configNames()).containsAll(settings.keySet());
        assertThat(settings)
                .containsEntry("ssl.truststore.type", "PKCS12")
                .containsEntry("ssl.keystore.type", "JKS")
                .containsEntry("ssl.key.password", "kp");
    }

    @ParameterizedTest
    @CsvSource({
        "KERBEROS, '', '', '', KAFKA_SECURITY_PROTOCOL",
        "SASL_SSL, SCRAM-SHA-512, u, '', KAFKA_SASL_PASSWORD",
        "SASL_SSL, GSSAPI, u, p, KAFKA_SASL_JAAS_CONFIG",
        // sent in the clear to whoever answers, and not looked at
        "PLAINTEXT, SCRAM-SHA-512, u, p, KAFKA_SASL_",
        "SSL, SCRAM-SHA-512, u, p, KAFKA_SASL_"
    })
    void whatDoesNotGoTogetherIsNamed(
            String protocol, String mechanism, String user, String password, String named) {
        var environment =
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL", protocol,
                        "KAFKA_SASL_MECHANISM", mechanism,
                        "KAFKA_SASL_USERNAME", user,
                        "KAFKA_SASL_PASSWORD", password);

        assertThatThrownBy(() -> KafkaSecurity.of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void anAuthorityThatNobodyLooksAtIsRefused() {
        var environment =
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                        "KAFKA_SASL_USERNAME", "u",
                        "KAFKA_SASL_PASSWORD", "p",
                        "KAFKA_SSL_TRUSTSTORE", "ca.pem");

        assertThatThrownBy(() -> KafkaSecurity.of(environment)).hasMessageContaining("KAFKA_SSL_");
    }

    @Test
    void secretsAreNotPrinted() {
        var brokers =
                new Brokers(
                        "k:1",
                        KafkaSecurity.of(
                                Map.of(
                                        "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                                        "KAFKA_SASL_USERNAME", "projectors",
                                        "KAFKA_SASL_PASSWORD", "hidden-1",
                                        "KAFKA_SSL_KEYSTORE", "k.p12",
                                        "KAFKA_SSL_KEYSTORE_PASSWORD", "hidden-2")));

        assertThat(brokers.toString()).contains("projectors").doesNotContain("hidden");
    }
}
