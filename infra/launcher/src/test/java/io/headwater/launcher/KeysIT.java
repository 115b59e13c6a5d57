package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A key that a provider sends whole is known again and kept nowhere.
class KeysIT {

    /// Written otherwise in a URL, and in JSON by those who escape slashes.
    private static final String KEY = "a/secret+key-" + UUID.randomUUID();

    private static final String SECOND = "a/secret+key-" + UUID.randomUUID();

    private static final Caller caller = new Caller();
    private static LaunchedPlatform platform;
    private static TestSite site;

    @BeforeAll
    static void up() {
        platform = LaunchedPlatform.shared();
        site = TestSite.make(caller, platform, "keys");
    }

    @Test
    void theKeyOfGoogleIsFoundNowhere() throws Exception {
        // given
        String email = "kept-" + UUID.randomUUID() + "@example.org";
        var source = site.source("google-ads", "keys", KEY);
        var again = new TestSite.Source(source.id(), source.url(), SECOND);

        // when
        lifeOf(source, email);
        site.administer(
                "/admin/sources/" + source.id() + "/secrets",
                "{\"secret\":\"%s\",\"grace\":\"P1D\"}".formatted(SECOND));
        soon(() ->
                assertThat(
                                Fixture.of("google-ads", again, "rotated", "second-" + email)
                                        .deliver(caller, again)
                                        .status())
                        .isEqualTo(200));
        soon(() -> assertThat(site.leads("second-" + email)).hasSize(1));

        // then
        assertThat(site.read("/admin/sources/" + source.id()).toString())
                .contains("sha256:")
                .doesNotContain(KEY);
        // Also in what was sealed: the tables have it opened.
        for (String key : new String[] {KEY, SECOND}) {
            assertThat(KeptScan.of(platform, key).places()).isEmpty();
        }
        itSeesWhatIsKept(email, source.id());
    }

    /// Taken, sent again, forged, broken, foretold, put aside, and released at last.
    private static void lifeOf(TestSite.Source source, String email) {
        var delivery = Fixture.of("google-ads", source, "once", email);
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);
        assertThat(delivery.forge(caller, source).status()).isEqualTo(401);
        String body = delivery.body();
        assertThat(post(source.url(), body.substring(0, body.length() - 2)).status())
                .isEqualTo(400);
        assertThat(
                        post(
                                        URI.create(
                                                source.url()
                                                        + "?google_key="
                                                        + KEY.replace("+", "%2B")),
                                        "{}")
                                .status())
                .isEqualTo(401);
        String escaped =
                body.replace("\"once\"", "\"escaped\"")
                        .replace("third", "my key is " + KEY)
                        .replace("/", "\\/");
        assertThat(post(source.url(), escaped).status()).isEqualTo(200);
        site.administer("/admin/sources/" + source.id() + "/preview", body);
        var unusable = Fixture.of("google-ads", source, "waiting", "no address");
        String without = unusable.body().replaceAll("\"PHONE_NUMBER\"", "\"other_number\"");
        assertThat(post(source.url(), without).status()).isEqualTo(200);
        soon(() -> assertThat(waiting(source)).isNotEmpty());
        var released =
                site.release(waiting(source), "{\"email\":\"released-%s\"}".formatted(email));
        assertThat(released.status()).as(released.text()).isEqualTo(200);
        soon(() -> assertThat(site.leads("released-" + email)).hasSize(1));
        soon(() -> assertThat(site.leads(email)).hasSize(1));
    }

    private static String waiting(TestSite.Source source) {
        return site.read("/analytics/quarantine?source_id=" + source.id())
                .path("items")
                .path(0)
                .path("submission_id")
                .asString("");
    }

    /// Else a scan that looks nowhere would be content.
    private static void itSeesWhatIsKept(String email, String sourceId) throws Exception {
        var store = new ObjectStore(platform);
        store.write("scan/control", email.getBytes(StandardCharsets.UTF_8));
        try {
            var found = KeptScan.of(platform, email);
            assertThat(found.of("table").toString()).contains("leads", "webhooks", "submissions");
            assertThat(found.of("object")).contains("object scan/control");
            assertThat(found.of("file").toString()).contains("postgres/");
            var named = KeptScan.of(platform, sourceId);
            assertThat(named.of("topic"))
                    .contains("topic lead.events.v1", "topic intake.webhooks.v1");
            assertThat(named.of("file").toString()).contains("kafka/");
            assertThat(found.topics()).isGreaterThan(20);
            assertThat(found.tables()).isGreaterThan(20);
            assertThat(found.files()).isGreaterThan(100);
        } finally {
            store.remove("scan/control");
        }
    }

    private static Caller.Answer post(URI url, String body) {
        return caller.post(url, Caller.JSON_TYPE, body, Map.of());
    }
}
