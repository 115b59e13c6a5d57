package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.headwater.events.lead.ScoreLead;
import io.headwater.schema.SchemaIds.UnknownSchemaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySchemaIdsTest {

    private HttpServer registry;
    private SchemaIds ids;
    private int status;
    private String body = "";

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext(
                "/",
                exchange -> {
                    byte[] answer = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        registry.start();
        ids = SchemaIds.of("http://127.0.0.1:" + registry.getAddress().getPort(), "");
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {40401, 40403})
    void notFoundInTheRegistrysWordsIsUnknown(int code) {
        answers(404, "{\"error_code\":" + code + ",\"message\":\"not found\"}");

        assertThatThrownBy(() -> ids.schemaOf(77)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> ids.idOf("subject", ScoreLead.getClassSchema()))
                .isInstanceOf(UnknownSchemaException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 408, 429, 500, 503})
    void anyOtherAnswerSaysNothingOfTheSchema(int refused) {
        answers(refused, "{\"error_code\":" + refused + "}");

        assertThatThrownBy(() -> ids.schemaOf(77)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ids.idOf("subject", ScoreLead.getClassSchema()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void notFoundOfSomebodyElseSaysNothingEither() {
        answers(404, "<html>no such page</html>");

        assertThatThrownBy(() -> ids.schemaOf(77)).isInstanceOf(IOException.class);
    }

    private void answers(int status, String body) {
        this.status = status;
        this.body = body;
    }
}
