package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever way a person or a secret takes through the platform, accepted or refused: no log knows
/// them.
class LogCanaryIT {

    private static final String EMAIL = "canary.q7x2@example.com";
    private static final String PHONE = "+4915755512399";
    private static final String NAME = "Kanarienvogelq7x2";
    private static final String PAGE = "/landing-q7x2-canary";
    private static final String GUESS = "guessed-key-q7x2-0123456789";

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform = LaunchedPlatform.shared();

    @Test
    void noLogNamesAPersonOrASecret() throws IOException {
        // given
        var site = TestSite.make(caller, platform, "canary");
        var admin = Map.of("X-API-Key", platform.adminKey());
        var command = platform.commandApi();
        String person =
                "{\"email\":\"%s\",\"phone\":\"%s\",\"first_name\":\"%s\",\"page_url\":\"https://a.example%s\"}"
                        .formatted(EMAIL, PHONE, NAME, PAGE);

        // when: taken, refused, unreadable, forged, tracked
        var taken = site.capture(person);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(site.capture(person.replace("@", "(at)")).status()).isEqualTo(422);
        caller.post(
                command.resolve("/lead.capture"),
                Caller.JSON_TYPE,
                person.substring(1),
                site.integration());
        caller.post(
                command.resolve("/lead.capture"),
                Caller.JSON_TYPE,
                person,
                Map.of("X-API-Key", GUESS));
        for (String provider : List.of("google-ads", "typeform", "generic")) {
            var source = site.source(provider);
            Fixture.of(site, provider, "canary-" + provider, EMAIL).deliver(caller, source);
            Fixture.of(site, provider, "forged-" + provider, EMAIL).forge(caller, source);
        }
        caller.post(
                site.source("generic").url(),
                Caller.JSON_TYPE,
                "{\"person\":" + person,
                Map.of("X-API-Key", site.source("generic").secret()));
        var started =
                site.call(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"%s\",\"page\":\"%s?email=%s\"}"
                                .formatted(NAME, PAGE, EMAIL));
        caller.post(
                command.resolve("/track/event"),
                Caller.JSON_TYPE,
                "{\"session_id\":\"%s\",\"event_type\":\"input\",\"timestamp\":\"%s\",\"data\":{\"email\":\"%s\"}}"
                        .formatted(started.path("session_id").asString(), NAME, EMAIL),
                Map.of());

        // and: read, searched, badly asked, administered
        soon(() -> assertThat(site.leads(EMAIL)).isNotEmpty());
        String lead = taken.json().path("lead_id").asString();
        soon(() -> site.read("/analytics/leads/" + lead));
        for (String question :
                List.of(
                        "q=" + NAME,
                        "email=" + EMAIL,
                        "phone=" + NAME,
                        "cursor=" + NAME,
                        "sort=" + NAME)) {
            caller.get(platform.queryApi().resolve("/analytics/leads?" + question), admin);
        }
        caller.get(platform.queryApi().resolve("/analytics/leads"), Map.of("X-API-Key", GUESS));
        caller.get(command.resolve("/admin/sources"), Map.of("X-API-Key", GUESS));
        site.act(lead, "note", "{\"text\":\"%s %s\"}".formatted(NAME, PHONE));
        site.act(lead, "move", "{\"status\":\"%s\"}".formatted(NAME));

        // then
        var found = new TreeMap<String, List<String>>();
        var secrets =
                List.of(
                        EMAIL,
                        EMAIL.replace("@", "%40"),
                        PHONE,
                        PHONE.substring(1),
                        NAME,
                        PAGE,
                        GUESS,
                        platform.adminKey(),
                        site.integration().get("X-API-Key"),
                        site.source("generic").secret(),
                        site.source("stripe").secret());
        int files = 0;
        try (var logs = Files.walk(platform.data().resolve("logs"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                files++;
                String text = text(log);
                var named = secrets.stream().filter(text::contains).toList();
                if (!named.isEmpty()) {
                    found.put(log.getFileName().toString(), named);
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(files).isGreaterThanOrEqualTo(6);

        // otherwise the logs would prove nothing: what happened stands in them
        assertThat(text(platform.data().resolve("logs/command-api.log")))
                .contains("administered", "administration refused")
                .contains(lead);
    }

    private static String text(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException rotated) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
