package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Pages of a site that embed the script, in a real browser.
class TrackedPageIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRETS =
            "typed-name|typed-password|typed-note|written-into-the-page|csrf-of-the-page"
                    + "|secret-of-the-link|default-value|chosen-illness";

    private static LaunchedPlatform platform;
    private static TestSite site;
    private static TestBrowser browser;
    private static HttpServer pages;

    @BeforeAll
    static void up() throws IOException {
        platform = LaunchedPlatform.shared();
        site = TestSite.make(new Caller(), platform, "tracked");
        browser = new TestBrowser();
        pages =
                TestBrowser.pages(
                        """
                        <!doctype html><html lang="en"><head><title>Shop</title>
                        <meta name="csrf-token" content="csrf-of-the-page">
                        <script src="%s" data-site-key="%s" async></script></head>
                        <body style="height:3000px"><button id="more">More</button>
                        <form onsubmit="return false">
                        <input name="name"><input name="cleared" value="default-value">
                        <input type="password" name="password">
                        <input type="hidden" name="token" value="csrf-of-the-page">
                        <input type="checkbox" name="ill" value="chosen-illness">
                        <textarea name="note"></textarea></form>
                        <div contenteditable="true" id="editor">Here</div>
                        <a href="/next?token=secret-of-the-link">Next</a></body></html>
                        """
                                .formatted(platform.commandApi().resolve("/pulse.js"), site.key()));
    }

    @AfterAll
    static void down() {
        if (browser != null) {
            browser.close();
        }
        if (pages != null) {
            pages.stop(0);
        }
    }

    @Test
    void aVisitOfTwoPagesIsOneSession() {
        // given
        try (Page page = browser.newPage()) {
            open(page, "/first?utm_source=tracked");
            String session = session(page);

            // when
            page.locator("#more").click();
            page.mouse().wheel(0, 4000);
            page.waitForTimeout(500);
            page.evaluate("history.pushState({}, '', '/within')");
            open(page, "/second");
            assertThat(session(page)).isEqualTo(session);
            page.evaluate("PulseGateSession.flush()");

            // then
            soon(() -> {
                var row = site.read("/replay/sessions/" + session);
                assertThat(row.path("page_views").asInt()).isEqualTo(3);
                assertThat(row.path("clicks").asInt()).isEqualTo(1);
                assertThat(row.path("max_scroll_percent").asDouble()).isEqualTo(100);
                assertThat(row.path("utm_source").asString()).isEqualTo("tracked");
            });
        }
    }

    @Test
    void whatIsRecordedHasNoSecretsAndOrder() {
        // given
        try (Page page = browser.newPage()) {
            var sent = new CopyOnWriteArrayList<String>();
            page.onRequest(request -> {
                if (request.method().equals("POST")) {
                    sent.add(text(request));
                }
            });
            // so that every chunk is taken, whatever the server makes of it
            page.route(
                    "**/track/recording",
                    route ->
                            route.fulfill(
                                    new Route.FulfillOptions()
                                            .setStatus(200)
                                            .setContentType("application/json")
                                            .setBody("{\"accepted\":1}")));
            open(page, "/?token=secret-of-the-link");
            page.waitForCondition(() -> !chunks(sent).isEmpty());

            // when
            page.locator("[name=name]").fill("typed-name");
            page.locator("[name=cleared]").fill("");
            page.locator("[name=password]").fill("typed-password");
            page.locator("[name=password]").evaluate("field => field.type = 'text'");
            page.locator("[name=note]").pressSequentially("typed-note");
            page.locator("[name=ill]").check();
            page.locator("#editor").click();
            page.keyboard().type("written-into-the-page");
            page.waitForTimeout(2_500);
            open(page, "/second");
            page.waitForCondition(
                    () -> types(chunks(sent)).stream().filter(t -> t == 2).count() > 1);

            // then
            assertThat(String.join("\n", sent))
                    .doesNotContainPattern(SECRETS)
                    .doesNotContain("\"isChecked\":true");
            var chunks = chunks(sent);
            assertThat(chunks)
                    .extracting(chunk -> chunk.path("window_id").asString())
                    .containsOnly(chunks.getFirst().path("window_id").asString());
            assertThat(chunks.stream().map(chunk -> chunk.path("seq").asInt()).distinct().sorted())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(0, last(chunks)).boxed().toList());
            assertThat(chunks)
                    .filteredOn(chunk -> types(List.of(chunk)).contains(2))
                    .allSatisfy(chunk -> assertThat(chunk.path("events").size()).isEqualTo(1));
        }
    }

    @Test
    void whoDoesNotWantToBeTrackedIsNot() {
        try (Page page = browser.newPage()) {
            var sent = new CopyOnWriteArrayList<String>();
            page.onRequest(request -> {
                if (request.url().contains("/track/")) {
                    sent.add(request.url());
                }
            });
            page.addInitScript(
                    "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})");

            page.navigate(url("/"));
            page.waitForFunction("window.PulseGate");
            page.locator("#more").click();
            page.waitForTimeout(1_000);

            assertThat(sent).isEmpty();
            assertThat(page.evaluate("localStorage.length + sessionStorage.length")).isEqualTo(0);
            assertThat(page.context().cookies()).isEmpty();
        }
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + pages.getAddress().getPort() + path;
    }

    private static void open(Page page, String path) {
        page.navigate(url(path));
        page.waitForFunction("window.PulseGate?.ids().session_id");
    }

    private static String session(Page page) {
        return String.valueOf(page.evaluate("PulseGate.ids().session_id"));
    }

    private static String text(Request request) {
        byte[] body = request.postDataBuffer();
        if (body == null || body.length < 2) {
            return "";
        }
        if (body[0] != 0x1f || body[1] != (byte) 0x8b) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<JsonNode> chunks(List<String> sent) {
        var chunks = new ArrayList<JsonNode>();
        for (String text : sent) {
            var body = text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode();
            if (body.path("events").path(0).has("data")
                    && body.path("events").path(0).path("type").isNumber()) {
                chunks.add(body);
            }
        }
        return chunks;
    }

    private static List<Integer> types(List<JsonNode> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.path("events").valueStream())
                .map(event -> event.path("type").asInt())
                .toList();
    }

    private static int last(List<JsonNode> chunks) {
        return chunks.stream().mapToInt(chunk -> chunk.path("seq").asInt()).max().orElse(0);
    }
}
