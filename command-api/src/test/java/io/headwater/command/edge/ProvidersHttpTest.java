package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProvidersHttpTest {

    private static final EdgeServer SERVER = new EdgeServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void providersAreToldWithTheirSchemesTheUsualOneFirst() {
        var answer = SERVER.call("GET", "/admin/providers");

        assertThat(answer.status()).isEqualTo(200);
        var google = named(answer.json(), "google-ads");
        assertThat(google.at("/schemes/0/name").asString()).isEqualTo("google-key");
        assertThat(google.at("/schemes/0/generated").asBoolean()).isTrue();
        assertThat(google.at("/schemes/0/in_url").asBoolean()).isFalse();
        var jotform = named(answer.json(), "jotform");
        assertThat(jotform.at("/schemes/0/in_url").asBoolean()).isTrue();
        var meta = named(answer.json(), "meta");
        assertThat(meta.at("/schemes/0/generated").asBoolean(true)).isFalse();
    }

    private static JsonNode named(JsonNode providers, String name) {
        return providers
                .valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
