package io.headwater.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a person sees: signs in with the key, and leads arrive while one looks.
class BrowserIT {

    private static LaunchedPlatform platform;
    private static TestSite site;
    private static TestBrowser browser;

    @BeforeAll
    static void up() {
        platform = LaunchedPlatform.shared();
        site = TestSite.make(new Caller(), platform, "browser");
        browser = new TestBrowser();
    }

    @AfterAll
    static void down() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aLeadArrivesWhileOneLooks() {
        // given
        try (Page page = signedIn()) {
            page.evaluate("window.neverReloaded = true");

            // when
            capture("Overview", "live-overview@example.com");

            // then
            assertThat(page.getByTestId("newest-leads")).containsText("Overview Visitor");
            assertThat(page.getByTestId("total-leads")).not().hasText("0");

            // given
            page.getByTestId("newest-leads").getByText("All leads").click();
            assertThat(page.getByText("live-overview@example.com")).isVisible();

            // when
            capture("Leadspage", "live-leads@example.com");

            // then
            assertThat(page.getByText("live-leads@example.com")).isVisible();
            Assertions.assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        }
    }

    @Test
    void aFormOnAPageMakesALead() throws IOException {
        // given
        var pages = pageWithTheForm();
        try (Page page = browser.newPage()) {
            page.navigate(
                    "http://127.0.0.1:%d/?utm_source=browser"
                            .formatted(pages.getAddress().getPort()));

            // when
            page.getByRole(AriaRole.BUTTON).click();

            // then
            var name = page.getByLabel("First name");
            assertThat(name).isFocused();
            assertThat(name).hasAttribute("aria-invalid", "true");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("First name is required.");

            // when
            name.fill("Formular");
            page.getByLabel("Last name").fill("Visitor");
            page.getByLabel("E-mail").fill("form@example.com");
            page.keyboard().press("Enter");

            // then
            assertThat(page.getByText("We have received your message.")).isVisible();
        } finally {
            pages.stop(0);
        }
        try (Page page = signedIn()) {
            assertThat(page.getByTestId("newest-leads")).containsText("Formular Visitor");
        }
    }

    /// A site's own page, on an origin of its own.
    private static HttpServer pageWithTheForm() throws IOException {
        String html =
                """
                <!doctype html><html lang="en"><title>Shop</title>
                <script src="%s" async></script>
                <div data-headwater-form="%s" data-site-key="%s"></div></html>
                """
                        .formatted(
                                platform.commandApi().resolve("/form.js"),
                                TestSite.FORM,
                                site.key());
        return TestBrowser.pages(html);
    }

    @Test
    void aProviderIsConnectedAndItsLeadArrives() {
        // given
        try (Page page = signedIn()) {
            link(page, "Sources").click();
            page.getByTestId("new-source-link").click();
            page.locator("[name=provider]").selectOption("google-ads");

            // when
            page.getByText("Create the source").click();

            // then
            assertThat(page.getByTestId("source-given")).isVisible();
            var url = URI.create(page.getByTestId("source-url").innerText());
            String secret = page.getByTestId("source-secret").innerText();

            // when
            var taken = new Caller().post(url, Caller.JSON_TYPE, googleLead(secret), Map.of());
            var forged = new Caller().post(url, Caller.JSON_TYPE, googleLead("forged"), Map.of());

            // then
            Assertions.assertThat(taken.status()).isEqualTo(200);
            Assertions.assertThat(forged.status()).isEqualTo(401);
            link(page, "Leads").click();
            assertThat(page.getByText("connected@example.com")).isVisible();
        }
    }

    @Test
    void someLeadsAreComparedWithTheirEvents() {
        // given
        try (Page page = signedIn()) {
            capture("Sampled", "sampled@example.com");
            assertThat(page.getByTestId("newest-leads")).containsText("Sampled Visitor");
            link(page, "Projections").click();
            var leads =
                    page.getByRole(
                            AriaRole.REGION,
                            new Page.GetByRoleOptions().setName("leads").setExact(true));

            // when
            leads.getByTestId("ask-sample").click();
            leads.getByTestId("asked-keys").fill("3");
            page.keyboard().press("Enter");

            // then
            assertThat(leads.getByTestId("command-done")).isVisible();
            assertThat(leads.getByTestId("sample")).containsText("Equal");
            assertThat(leads.getByTestId("ask-sample")).isFocused();

            // when
            leads.getByText("Samples of leads").click();

            // then
            assertThat(leads.getByTestId("sample-row").first()).containsText("Equal");
        }
    }

    /// Whoever fills in a form, or sends a webhook, writes what an administrator looks at.
    @Test
    void markupFromOutsideIsTextAndNothingBreaksThePolicy() {
        // given
        String markup =
                "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
                        + "<style>body{display:none}</style>";
        var captured =
                site.capture(
                        """
                        {"first_name":"Markup %1$s","last_name":"%1$s","email":"markup@example.com",
                         "project_name":"%1$s","utm_campaign":"%1$s","utm_source":"javascript:alert(1)",
                         "page_url":"javascript:window.hacked=1","message":"%1$s","%1$s":"%1$s"}
                        """
                                .formatted(markup));
        Assertions.assertThat(captured.status()).isEqualTo(200);
        var source = site.source("generic");
        var delivered =
                new Caller()
                        .post(
                                source.url(),
                                Caller.JSON_TYPE,
                                """
                                {"person":{"mail":"not an address %1$s","names":["%1$s"]},
                                 "reference":"%1$s"}
                                """
                                        .formatted(markup),
                                Map.of("X-API-Key", source.secret()));
        Assertions.assertThat(delivered.status()).as(delivered.text()).isLessThan(500);
        String lead = captured.json().path("lead_id").asString();

        try (Page page = browser.newPage()) {
            var complaints = new CopyOnWriteArrayList<String>();
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    complaints.add(message.text());
                }
            });
            page.onDialog(dialog -> {
                complaints.add("dialog " + dialog.message());
                dialog.dismiss();
            });
            signIn(page);
            assertThat(page.getByTestId("newest-leads")).containsText("Markup <img src=x");

            // when
            for (String menu :
                    List.of(
                            "Leads",
                            "Submissions",
                            "Quarantine",
                            "Deliveries",
                            "Sources",
                            "Sessions")) {
                link(page, menu).click();
                assertThat(page.locator("h1")).isVisible();
            }
            link(page, "Leads").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Markup <img"))
                    .click();

            // then
            assertThat(page.locator("main")).containsText("<script>window.hacked=1</script>");
            assertThat(page.locator("main img[src=x]")).hasCount(0);
            assertThat(page.locator("a[href^='javascript:']")).hasCount(0);
            Assertions.assertThat(page.url()).contains(lead);
            Assertions.assertThat(page.evaluate("window.hacked")).isNull();
            Assertions.assertThat(complaints).isEmpty();
        }
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String googleLead(String key) {
        return """
        {"lead_id":"dashboard-1","google_key":"%s","is_test":false,"user_column_data":[
         {"column_id":"FULL_NAME","string_value":"Connected Visitor"},
         {"column_id":"EMAIL","string_value":"connected@example.com"}]}
        """
                .formatted(key);
    }

    @Test
    void aWrongKeyIsToldSo() {
        try (Page page = browser.newPage()) {
            page.navigate(platform.told().path("dashboard").asString());
            page.getByTestId("sign-in-key").fill("wrong");
            page.getByTestId("sign-in-submit").click();
            assertThat(page.getByTestId("sign-in-error")).containsText("not accepted");
        }
    }

    private static Page signedIn() {
        Page page = browser.newPage();
        signIn(page);
        return page;
    }

    private static void signIn(Page page) {
        page.navigate(platform.told().path("dashboard").asString());
        page.getByTestId("sign-in-key").fill(platform.adminKey());
        page.getByTestId("sign-in-submit").click();
        assertThat(page.getByTestId("total-leads")).isVisible();
    }

    private static void capture(String firstName, String email) {
        var answer =
                site.capture(
                        "{\"first_name\":\"%s\",\"last_name\":\"Visitor\",\"email\":\"%s\"}"
                                .formatted(firstName, email));
        Assertions.assertThat(answer.status()).isEqualTo(200);
    }
}
