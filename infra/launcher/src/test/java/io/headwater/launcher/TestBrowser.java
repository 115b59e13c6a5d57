package io.headwater.launcher;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A Chromium, and pages for it that are not ours.
final class TestBrowser implements AutoCloseable {

    private static final double SOON_MILLIS = 60_000;
    private static final double SLOW_MACHINE_MILLIS = 120_000;
    private static final List<String> FLAGS =
            List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    TestBrowser() {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new LaunchOptions()
                                        .setExecutablePath(chromium())
                                        .setArgs(FLAGS)
                                        .setTimeout(SLOW_MACHINE_MILLIS));
        PlaywrightAssertions.setDefaultAssertionTimeout(SOON_MILLIS);
    }

    /// Of somebody who was never here before.
    Page newPage() {
        Page page = browser.newPage();
        page.setDefaultTimeout(SLOW_MACHINE_MILLIS);
        return page;
    }

    /// A site's own page, on an origin of its own, whatever is asked for.
    static HttpServer pages(String html) throws IOException {
        var pages = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        pages.createContext(
                "/",
                exchange -> {
                    byte[] body = html.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        pages.start();
        return pages;
    }

    /// As told by `./headwater test`, else where Linux and macOS have it.
    private static Path chromium() {
        return Stream.of(
                        System.getenv("HEADWATER_BROWSER"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Chromium.app/Contents/MacOS/Chromium",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(Objects::nonNull)
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium: apt-get install chromium"));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
