package io.headwater.command.platform.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.SettingsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class EnrichmentTest {

    @TempDir private Path folder;

    /// @param files setting, file, setting, file …
    static Enrichment with(Object... files) {
        var given = new HashMap<String, Object>();
        given.put("headwater.enrich.check-every", "1ms");
        for (int i = 0; i < files.length; i += 2) {
            given.put("headwater.enrich." + files[i], files[i + 1].toString());
        }
        return new Enrichment(
                SettingsTest.binder(given).bind("headwater.enrich", EnrichSettings.class).get());
    }

    @Test
    void defaultsAreNoFilesAndTheHeadersOfCloudflare() {
        assertThat(
                        SettingsTest.binder(Map.of())
                                .bind("headwater.enrich", EnrichSettings.class)
                                .get())
                .isEqualTo(
                        new EnrichSettings(
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                Duration.ofMinutes(1),
                                new EnrichSettings.Headers(
                                        "CF-IPCity",
                                        "CF-Region",
                                        "CF-Timezone",
                                        "",
                                        "CF-Bot-Score")));
    }

    @Test
    void withoutFilesAPlaceIsUnknown() {
        assertThat(with().place("203.0.113.9")).isEqualTo(Place.UNKNOWN);
        assertThat(with().place(null)).isEqualTo(Place.UNKNOWN);
        assertThat(with().agent(" ")).isNull();
    }

    @Test
    void bothLayoutsOfFilesAreRead() throws IOException {
        Path nested = folder.resolve("city.mmdb");
        new MmdbFile()
                .with(
                        "203.0.113.0/24",
                        Map.of(
                                "country", Map.of("iso_code", "DE"),
                                "city", Map.of("names", Map.of("en", "Köln")),
                                "subdivisions",
                                        List.of(
                                                Map.of(
                                                        "names",
                                                        Map.of("en", "North Rhine-Westphalia"))),
                                "location", Map.of("time_zone", "Europe/Berlin")))
                .writeTo(nested);
        Path flat = folder.resolve("asn.mmdb");
        new MmdbFile()
                .with("203.0.113.0/25", Map.of("asn", "AS24940", "name", "Hosting Example"))
                .with(
                        "198.51.100.0/24",
                        Map.of(
                                "autonomous_system_number",
                                64_500L,
                                "autonomous_system_organization",
                                "Home Example"))
                .writeTo(flat);
        var enrichment = with("city-file", nested, "asn-file", flat);

        assertThat(enrichment.place("203.0.113.9"))
                .isEqualTo(
                        new Place(
                                "DE",
                                "Köln",
                                "North Rhine-Westphalia",
                                "Europe/Berlin",
                                24_940L,
                                "Hosting Example",
                                true));
        assertThat(enrichment.place("203.0.113.200").asn()).isNull();
        assertThat(enrichment.place("198.51.100.1"))
                .isEqualTo(new Place(null, null, null, null, 64_500L, "Home Example", false));
        assertThat(enrichment.place("2001:db8::1")).isEqualTo(Place.UNKNOWN);
        assertThat(enrichment.place("nowhere.example")).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void whatAProxyTellsCountsMoreAndItsNetworkIsJudged() throws IOException {
        Path countries = folder.resolve("country.mmdb");
        new MmdbFile().with("203.0.113.0/24", Map.of("country", "DE")).writeTo(countries);
        var told = new Place("FR", null, null, null, 14_061L, null, null);

        var place = with("country-file", countries).place("203.0.113.9", told);

        assertThat(place.country()).isEqualTo("FR");
        assertThat(place.hosting()).isTrue();
        assertThat(with("country-file", countries).place("203.0.113.9").country()).isEqualTo("DE");
    }

    @Test
    void aFileThatChangesIsReadAgainAndABrokenOneIsNot() throws IOException {
        Path file = folder.resolve("country.mmdb");
        var enrichment = with("country-file", file);
        assertThat(enrichment.place("203.0.113.9").country()).isNull();

        new MmdbFile().with("203.0.113.0/24", Map.of("country_code", "AT")).writeTo(file);
        await().until(() -> "AT".equals(enrichment.place("203.0.113.9").country()));

        Files.writeString(file, "no database");
        var list = folder.resolve("domains.txt");
        Files.writeString(list, "first.example\n");
        var lists = with("disposable-domains-file", list);
        Files.writeString(list, "# comment\nSecond.example # and more\n");
        await().until(() -> lists.disposable("a@second.example"));
        assertThat(enrichment.place("203.0.113.9").country()).isEqualTo("AT");
        assertThat(lists.disposable("a@mailinator.com")).isFalse();
    }

    @Test
    void aListOfAgentsIsReadAgainAndABrokenOneIsNot() throws IOException {
        String agent = "Mozilla/5.0 (X11; Linux x86_64; Fetcher 2) Gecko/20100101 Firefox/130.0";
        Path list = folder.resolve("agents.txt");
        Files.writeString(list, "curl/\n");
        var enrichment = with("bot-agents-file", list);
        assertThat(enrichment.agent(agent)).extracting(Agent::bot).isEqualTo(false);

        Files.writeString(list, "# ours\nfetcher [0-9] # any\n");
        await().until(() -> enrichment.agent(agent) instanceof Agent read && read.bot());
        Files.writeString(list, "fetcher [0-\n");
        await().during(Duration.ofMillis(100))
                .until(() -> enrichment.agent(agent) instanceof Agent read && read.bot());
    }

    @ParameterizedTest
    @CsvSource({
        "ada@mailinator.com, true",
        "ada@eu.Mailinator.com, true",
        "ada@not-mailinator.example, false",
        "ada@com, false",
        "ada@example.test, false"
    })
    void domainsThatHandOutAddressesToThrowAway(String email, boolean disposable) {
        assertThat(with().disposable(email)).isEqualTo(disposable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/131.0.0.0 Safari/537.36 | Chrome | Windows | desktop | false",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                        + " like Gecko) Version/18.1 Mobile/15E148 Safari/604.1 | Mobile Safari | iOS |"
                        + " mobile | false",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) |"
                        + " Googlebot | Other | bot | true",
                "curl/8.5.0 | curl | Other | bot | true",
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/130.0.0.0 Mobile Safari/537.36 | Chrome Mobile | Android | mobile |"
                        + " false",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " HeadlessChrome/131.0.0.0 Safari/537.36 | HeadlessChrome | Linux | bot | true",
                "something else | Other | Other | bot | true"
            })
    void agentsSayWhatTheyAre(
            String userAgent, String browser, String os, String device, boolean bot) {
        assertThat(with().agent(userAgent)).isEqualTo(new Agent(browser, os, device, bot));
    }
}
