package io.headwater.command.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.CaptureLead;
import io.headwater.schema.PersonalData;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent: a problem document with the right status, and never a 5xx.
@SuppressWarnings("NullAway.Init")
class HostileInputHttpTest {

    private static final String[] KEY = {"X-API-Key", FakeDirectory.API_KEY};
    private static final int MEGABYTE = 1 << 20;

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    static Stream<Arguments> bodies() {
        String form = "application/x-www-form-urlencoded";
        String multipart = "multipart/form-data; boundary=b";
        return Stream.of(
                Arguments.of("a megabyte of [", JSON, "[".repeat(MEGABYTE), 400, "malformed-body"),
                Arguments.of("deep objects", JSON, "{\"a\":".repeat(5000), 400, "malformed-body"),
                Arguments.of(
                        "one byte too many", JSON, " ".repeat(MEGABYTE + 1), 413, "body-too-large"),
                Arguments.of("nothing", JSON, "", 400, "empty-body"),
                Arguments.of("only blanks", JSON, "   ", 400, "malformed-body"),
                Arguments.of("cut short", JSON, "{\"email\":\"a", 400, "malformed-body"),
                Arguments.of("two values", JSON, "{} {}", 400, "malformed-body"),
                Arguments.of("a repeated key", JSON, "{\"a\":1,\"a\":2}", 400, "malformed-body"),
                Arguments.of("an array", JSON, "[1]", 400, "malformed-body"),
                Arguments.of(
                        "a huge number",
                        JSON,
                        "{\"a\":" + "9".repeat(900) + "}",
                        400,
                        "malformed-body"),
                Arguments.of("NaN", JSON, "{\"a\":NaN}", 400, "malformed-body"),
                Arguments.of("no JSON", "text/plain", "email=a", 400, "malformed-body"),
                Arguments.of("bad UTF-8", JSON, "{\"a\":\"\u00ff\u00fe\"}", 400, "malformed-body"),
                Arguments.of("bad percent", form, "email=%zz", 400, "malformed-body"),
                Arguments.of("cut percent", form, "email=%4", 400, "malformed-body"),
                Arguments.of("too many fields", form, "a=b&".repeat(2001), 400, "malformed-body"),
                Arguments.of("no boundary", "multipart/form-data", "--b--", 400, "malformed-body"),
                Arguments.of("no end", multipart, "--b\r\n\r\nx", 400, "malformed-body"),
                Arguments.of("no headers", multipart, "--b\r\nx\r\n--b--", 400, "malformed-body"),
                Arguments.of(
                        "huge multipart",
                        multipart,
                        "--b\r\n" + "x".repeat(MEGABYTE),
                        413,
                        "body-too-large"),
                Arguments.of("XML", "application/xml", "<a/>", 415, "unsupported-media-type"),
                Arguments.of("no type", "", "{}", 415, "unsupported-media-type"),
                Arguments.of("a broken type", ";;;", "{}", 415, "unsupported-media-type"),
                Arguments.of(
                        "an unknown charset",
                        JSON + ";charset=klingon",
                        "{}",
                        415,
                        "unsupported-media-type"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void isRefusedWithAReason(String name, String type, String body, int status, String slug) {
        var answer = server.post("/lead.capture", type, body.getBytes(ISO_8859_1), KEY);

        assertThat(answer.status()).as(name).isEqualTo(status);
        assertThat(answer.text("type")).isEqualTo("/problems/" + slug);
        assertThat(answer.text("traceId")).hasSize(32);
        assertThat(answer.text("error")).isNotEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(server.log.of(CaptureLead.class)).isEmpty();
    }

    @Test
    void aBodyThatIsMuchTooLargeIsToldSo() {
        byte[] body = new byte[5 * MEGABYTE];

        var lead = server.post("/lead.capture", JSON, body, KEY);
        var tracked = server.post("/track/event", JSON, body);
        var webhook = server.post("/webhooks/google-ads/g1", JSON, body);

        assertThat(List.of(lead, tracked, webhook))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(413);
                    assertThat(answer.text("type")).isEqualTo("/problems/body-too-large");
                });
    }

    @Test
    void replacesWhatCannotBeStored() {
        var answer =
                server.json(
                        "/lead.capture",
                        "{\"email\":\"n@example.test\",\"first_name\":\"A\\u0000b\",\"last_name\":\"\\ud83d\","
                                + "\"project\":\"\\ud83d\\ude00\",\"k\\u0000\":\"v\"}",
                        KEY);

        assertThat(answer.status()).isEqualTo(200);
        var submission = server.log.submission();
        assertThat(PersonalData.open(submission.getFirstName())).isEqualTo("A\uFFFDb");
        assertThat(PersonalData.open(submission.getLastName())).isEqualTo("\uFFFD");
        assertThat(submission.getProjectName()).isEqualTo("\uD83D\uDE00");
        assertThat(PersonalData.open(submission.getPayload())).doesNotContain("\\u0000", "\\ud83d");
        assertThat(server.log.of(io.headwater.events.intake.WebhookReceived.class))
                .singleElement()
                .satisfies(audit ->
                        assertThat(PersonalData.open(audit.getBody())).contains("A\\u0000b"));
    }

    @Test
    void aLineBreakInANameStaysInTheName() {
        var answer =
                server.post(
                        "/lead.capture",
                        "multipart/form-data; boundary=b",
                        ("--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nx@example.test\r\n"
                                        + "--b\r\nContent-Disposition: form-data; name=\"a%0D%0ASet-Cookie: x=1\"\r\n\r\ny\r\n--b--")
                                .getBytes(UTF_8),
                        KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(PersonalData.open(server.log.submission().getPayload()))
                .contains("\"a  Set-Cookie: x=1\":\"y\"");
    }

    @Test
    void encodedBodiesAreNotGuessed() {
        var answer =
                server.json(
                        "/lead.capture",
                        "{}",
                        "X-API-Key",
                        FakeDirectory.API_KEY,
                        "Content-Encoding",
                        "br");

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void whatTheFrameworkRefusesIsAProblemToo() {
        var missing = server.call("GET", "/nothing/here");
        var method = server.call("DELETE", "/lead.capture");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text("type")).isEqualTo("/problems/not-found");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("POST");
        assertThat(method.text("type")).isEqualTo("/problems/method-not-allowed");
    }

    @Test
    void aQueryThatIsNoTextIsABadRequest() {
        var answer = server.call("GET", "/form.js?v=1&a=%ff");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("/problems/bad-request");
    }

    @Test
    void whatTomcatRefusesIsAProblemToo() throws IOException {
        String answer = raw("GET /a%ZZ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        String line = raw("GET /<> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/bad-request");
        assertThat(line).startsWith("HTTP/1.1 400").doesNotContain("<html", "Tomcat");
    }

    @Test
    void carriesTheCallersTraceId() {
        var answer =
                server.json(
                        "/track/event",
                        "{}",
                        "traceparent",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(answer.text("traceId")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port)) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static final String JSON = "application/json";
}
