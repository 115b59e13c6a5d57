package io.headwater.command.intake.provider;

import static io.headwater.command.intake.provider.Reach.PRIVATE;
import static io.headwater.command.intake.provider.Reach.PUBLIC;
import static io.headwater.command.intake.provider.Reach.THIS_MACHINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.SettingsTest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BaseUrlTest {

    @Test
    void reachesThisMachineUnlessToldOtherwise() {
        assertThat(
                        SettingsTest.binder(Map.of())
                                .bind("headwater.providers", ProviderSettings.class)
                                .get())
                .isEqualTo(new ProviderSettings(THIS_MACHINE));
    }

    @ParameterizedTest
    @CsvSource({
        "https://graph.example.test/v23.0/, https://graph.example.test/v23.0",
        "https://graph.example.test, https://graph.example.test",
        "https://203.0.113.9:8443/x, https://203.0.113.9:8443/x",
        "http://127.0.0.1:8080/v1, http://127.0.0.1:8080/v1",
        "http://localhost:1, http://localhost:1",
        "http://[::1]:1/x, http://[::1]:1/x"
    })
    void takesHttpsAndThisMachine(String text, URI base) {
        assertThat(BaseUrl.parse(text, THIS_MACHINE)).isEqualTo(base);
    }

    @ParameterizedTest
    @CsvSource({
        "http://graph.example.test, must begin with https://",
        "http://localhost.example.test, must begin with https://",
        "http://10.0.0.1, must begin with https://",
        "ftp://127.0.0.1, must begin with https://",
        "https://user:pass@graph.example.test, 'must have no user, query or fragment'",
        "https://graph.example.test?x=1, 'must have no user, query or fragment'",
        "https://graph.example.test#x, 'must have no user, query or fragment'",
        "file:///etc/passwd, must be a URL like https://graph.example.com/v23.0",
        "graph.example.test, must be a URL like https://graph.example.com/v23.0",
        "https://, must be a URL like https://graph.example.com/v23.0",
        "https://graph.example.test:70000, must be a URL like https://graph.example.com/v23.0",
        "not a url, must be a URL like https://graph.example.com/v23.0",
        "'', must be a URL like https://graph.example.com/v23.0",
        "https://10.1.2.3/v1, must not be a private address",
        "https://192.168.0.1, must not be a private address",
        "https://169.254.169.254, must not be a private address",
        "https://0.0.0.0, must not be a private address",
        "https://[fd00::1], must not be a private address",
        "https://[::ffff:10.0.0.1], must not be a private address"
    })
    void nothingElse(String text, String why) {
        assertThat(BaseUrl.wrongIn(text, THIS_MACHINE)).isEqualTo(why);
        assertThat(BaseUrl.parse(text, THIS_MACHINE)).isNull();
    }

    @Test
    void reachIsASetting() {
        assertThat(BaseUrl.wrongIn("http://127.0.0.1:1", PUBLIC)).isNotNull();
        assertThat(BaseUrl.wrongIn("https://127.9.9.9", PUBLIC)).isNotNull();
        assertThat(BaseUrl.wrongIn("http://10.0.0.1:1", PRIVATE)).isNull();
        assertThat(BaseUrl.wrongIn("http://graph.internal", PRIVATE)).isNull();
        assertThat(BaseUrl.wrongIn("ftp://graph.internal", PRIVATE)).isNotNull();
    }

    /// What a name led to, as the resolver tells it.
    @ParameterizedTest
    @EnumSource
    void addressesAreCheckedAgainBeforeEachRequest(Reach reach) throws UnknownHostException {
        assertThat(BaseUrl.leadsTooFar(URI.create("https://203.0.113.9/x"), reach)).isFalse();
        assertThat(BaseUrl.leadsTooFar(URI.create("https://10.0.0.1/x"), reach))
                .isEqualTo(reach != PRIVATE);
        assertThat(BaseUrl.leadsTooFar(URI.create("http://localhost:1"), reach))
                .isEqualTo(reach == PUBLIC);
        assertThat(reach.allows(InetAddress.ofLiteral("::ffff:192.168.1.1")))
                .isEqualTo(reach == PRIVATE);
    }
}
