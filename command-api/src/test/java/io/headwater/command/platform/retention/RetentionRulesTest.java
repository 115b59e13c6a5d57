package io.headwater.command.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.IpRules;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.directory.SiteSettings;
import io.headwater.vault.DataKind;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionRulesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

    private static final SiteConfig SHOP =
            new SiteConfig(
                    "shop",
                    "Shop",
                    "sk",
                    List.of(),
                    with(Map.of("sessions", 7, "submissions", 0)),
                    IpRules.EMPTY);

    private final RetentionRules rules =
            new RetentionRules(
                    new RetentionSettings("keep", "30d", "keep", "keep", "90d", "60d", "03:00"),
                    directory());

    private static SiteSettings with(Map<String, Integer> retention) {
        var standard = SiteSettings.DEFAULT;
        return new SiteSettings(
                standard.enabled(),
                standard.botDetection(),
                standard.honeypotBlock(),
                standard.testStrings(),
                standard.forwarding(),
                standard.forwardTests(),
                standard.competitorDomains(),
                standard.pipeline(),
                standard.lossReasons(),
                standard.thankYouStatus(),
                standard.recordSessions(),
                standard.contactWithoutConsent(),
                retention);
    }

    /// One site, beside the standard one.
    private static AccessDirectory directory() {
        return (AccessDirectory)
                Proxy.newProxyInstance(
                        RetentionRulesTest.class.getClassLoader(),
                        new Class<?>[] {AccessDirectory.class},
                        (_, method, args) ->
                                switch (method.getName()) {
                                    case "sites" -> List.of(SHOP);
                                    case "siteById" ->
                                            args[0].equals("shop")
                                                    ? Optional.of(SHOP)
                                                    : Optional.empty();
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    @Test
    void aSitesRuleGoesBeforeThePlatforms() {
        var sessions = rules.rule(DataKind.SESSIONS, NOW);
        assertThat(sessions.cutoff()).isNull();
        assertThat(sessions.sites())
                .isEqualTo(Map.of("shop", Instant.parse("2026-05-25T10:00:00Z")));

        var submissions = rules.rule(DataKind.SUBMISSIONS, NOW);
        assertThat(submissions.cutoff()).isEqualTo("2026-05-02T10:00:00Z");
        assertThat(submissions.sites()).containsOnlyKeys("shop").containsEntry("shop", null);

        assertThat(rules.ends(DataKind.SESSIONS, "shop")).isTrue();
        assertThat(rules.ends(DataKind.SESSIONS, "main")).isFalse();
        assertThat(rules.ends(DataKind.SUBMISSIONS, "shop")).isFalse();
        assertThat(rules.ends(DataKind.SUBMISSIONS, "")).isTrue();
    }

    @Test
    void whatIsOverIsOverAtTheHour() {
        assertThat(rules.lastDue(NOW)).isEqualTo("2026-06-01T03:00:00Z");
        assertThat(rules.lastDue(Instant.parse("2026-06-01T03:00:00Z")))
                .isEqualTo("2026-06-01T03:00:00Z");
        assertThat(rules.lastDue(Instant.parse("2026-06-01T02:59:59Z")))
                .isEqualTo("2026-05-31T03:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "SESSIONS, 0d, must be 1d to 36500d",
        "SESSIONS, 12h, must be days",
        "SESSIONS, -3d, must be days",
        "SESSIONS, 30, must be days",
        "SESSIONS, 99999d, must be 1d",
        "SESSIONS, never, must be days",
        "UNUSED_KEYS, 44d, must be 45d to"
    })
    void whatIsNoRuleIsRefused(DataKind kind, String word, String why) {
        assertThatThrownBy(() -> Kept.of(kind, word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void settingsSayWhichOneIsWrong() {
        assertThatThrownBy(() ->
                        new RetentionSettings(
                                "keep", "keep", "1h", "keep", "keep", "keep", "03:00"))
                .hasMessageStartingWith("headwater.retention.facts must be days");
        assertThatThrownBy(() ->
                        new RetentionSettings(
                                "keep", "keep", "keep", "keep", "keep", "keep", "3 am"))
                .hasMessageStartingWith("headwater.retention.at must be a time");
        assertThat(Kept.of(DataKind.SESSIONS, "1d")).hasToString("1d");
        assertThat(Kept.of(DataKind.UNUSED_KEYS, "keep")).hasToString("keep");
    }
}
