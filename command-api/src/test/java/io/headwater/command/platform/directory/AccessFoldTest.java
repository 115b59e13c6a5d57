package io.headwater.command.platform.directory;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.meta;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.vault.SecretOpener;
import io.headwater.command.platform.vault.SourceSecrets.Source;
import io.headwater.events.Pii;
import io.headwater.events.access.DomainAdded;
import io.headwater.events.access.DomainRemoved;
import io.headwater.events.access.FormCreated;
import io.headwater.events.access.IntegrationCreated;
import io.headwater.events.access.IntegrationRevoked;
import io.headwater.events.access.IpBlocked;
import io.headwater.events.access.IpRemoved;
import io.headwater.events.access.SiteChange;
import io.headwater.events.access.SiteChanged;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.access.SourceChange;
import io.headwater.events.access.SourceChanged;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceMapped;
import io.headwater.events.access.SourceRemoved;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.events.access.SourceSecretEnded;
import io.headwater.schema.PersonalData;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class AccessFoldTest {

    private static final String BY = "key:admin";

    /// Secrets as they came before there was a vault.
    private static final SecretOpener UNSEALED =
            new SecretOpener() {
                @Override
                public Optional<String> secret(Source source, String secretId, Pii value) {
                    return Optional.of(PersonalData.opened(value));
                }

                @Override
                public Optional<String> option(Source source, String name, Pii value) {
                    return Optional.of(PersonalData.opened(value));
                }
            };

    private static final List<SpecificRecord> HISTORY =
            List.of(
                    new SiteCreated(
                            meta("shop", 1), "shop", "Shop", "pk", List.of("a.example.org")),
                    new DomainAdded(meta("shop", 2), "shop", "d1", ".example.com"),
                    new DomainRemoved(meta("shop", 3), "shop", "a.example.org"),
                    new FormCreated(meta("shop", 4), "shop", "contact", "Contact", "{}", null),
                    new IntegrationCreated(
                            meta("shop", 5), "shop", "i1", "CRM", "hw_", KeyHash.of("key-1")),
                    new IntegrationCreated(
                            meta("shop", 6), "shop", "i2", "CRM", "hw_", KeyHash.of("key-2")),
                    new IntegrationRevoked(meta("shop", 7), "shop", "i1"),
                    SourceCreated.newBuilder()
                            .setMeta(meta("shop", 8))
                            .setSiteId("shop")
                            .setSourceId("s1")
                            .setName("Stripe")
                            .setProvider("stripe")
                            .setSecrets(List.of(PersonalData.of("whsec_1")))
                            .setSecretIds(List.of("k1"))
                            .setMapping(Map.of("email", "a.b"))
                            .build());

    private static AccessFold fold(List<SpecificRecord> events) {
        var fold = AccessFold.EMPTY;
        for (var event : events) {
            fold = fold.apply(event);
        }
        return fold;
    }

    private static SourceDetails source(AccessFold fold) {
        return Objects.requireNonNull(fold.sources().get("s1")).open(UNSEALED);
    }

    private static SiteChange.Builder change() {
        return SiteChange.newBuilder();
    }

    private static SiteChanged changed(int sequence, SiteChange change, String... cleared) {
        return new SiteChanged(meta("shop", sequence), "shop", change, List.of(cleared), BY);
    }

    @Test
    void settingsChangeOneByOneAndGoBack() {
        var first =
                fold(HISTORY)
                        .apply(
                                changed(
                                        9,
                                        change().setBotDetection(false)
                                                .setTestStrings(List.of("qa"))
                                                .setPipeline(
                                                        List.of(
                                                                new io.headwater.events.Stage(
                                                                        "in", "In", "open"),
                                                                new io.headwater.events.Stage(
                                                                        "done", "Done", "won")))
                                                .build()));
        var settings = Objects.requireNonNull(first.sites().get("shop")).settings();
        assertThat(settings.botDetection()).isFalse();
        assertThat(settings.testStrings()).containsExactly("qa");
        assertThat(settings.pipeline())
                .containsExactly(
                        new Stage("in", "In", Stage.Kind.OPEN),
                        new Stage("done", "Done", Stage.Kind.WON));
        assertThat(settings.forwarding()).isTrue();

        var second =
                first.apply(
                        changed(
                                10,
                                change().setName("Boutique").build(),
                                "pipeline",
                                "bot_detection"));
        var site = Objects.requireNonNull(second.sites().get("shop"));
        assertThat(site.name()).isEqualTo("Boutique");
        assertThat(site.settings().pipeline()).isEqualTo(Stage.STANDARD);
        assertThat(site.settings().botDetection()).isTrue();
        assertThat(site.settings().testStrings()).containsExactly("qa");
    }

    @Test
    void secretsOverlapUntilTheOlderEnds() {
        var until = NOON.plusSeconds(60);
        var rotated =
                fold(HISTORY)
                        .apply(
                                new SourceSecretAdded(
                                        meta("shop", 9),
                                        "shop",
                                        "s1",
                                        "k2",
                                        PersonalData.of("whsec_2"),
                                        until,
                                        BY));
        assertThat(source(rotated).at(NOON).secrets()).containsExactly("whsec_2", "whsec_1");
        assertThat(source(rotated).at(until).secrets()).containsExactly("whsec_2");
        assertThat(source(rotated).version()).isEqualTo(2);
        var ended = rotated.apply(new SourceSecretEnded(meta("shop", 10), "shop", "s1", "k2", BY));
        assertThat(source(ended).at(until).secrets()).isEmpty();
    }

    @Test
    void mappingsAreKept() {
        var mapped =
                fold(HISTORY)
                        .apply(
                                new SourceMapped(
                                        meta("shop", 9),
                                        "shop",
                                        "s1",
                                        2,
                                        Map.of("email", "c"),
                                        BY));
        assertThat(source(mapped).config().mapping()).isEqualTo(Map.of("email", "c"));
        assertThat(source(mapped).config().mappingVersion()).isEqualTo(2);
        assertThat(source(mapped).mapping(1).orElseThrow().mapping())
                .isEqualTo(Map.of("email", "a.b"));
    }

    @Test
    void sourceChangesFieldByField() {
        var changes = SourceChange.newBuilder().setPersonWindowSeconds(86400L).setPerDay(5).build();
        var changed =
                fold(HISTORY)
                        .apply(
                                new SourceChanged(
                                        meta("shop", 9), "shop", "s1", changes, List.of(), BY))
                        .apply(
                                new SourceChanged(
                                        meta("shop", 10),
                                        "shop",
                                        "s1",
                                        SourceChange.newBuilder().setName("Cards").build(),
                                        List.of("per_day"),
                                        BY));
        var config = source(changed).at(NOON);
        assertThat(config.name()).isEqualTo("Cards");
        assertThat(config.personWindow()).isEqualTo(Duration.ofDays(1));
        assertThat(config.limits()).isEqualTo(SourceConfig.Limits.NONE);
        assertThat(config.secrets()).containsExactly("whsec_1");
        assertThat(changed.apply(new SourceRemoved(meta("shop", 11), "shop", "s1", BY)).sources())
                .isEmpty();
    }

    @Test
    void listedAddressIsJudged() {
        var ip = PersonalData.of("203.0.113.0/24");
        var blocked =
                fold(HISTORY)
                        .apply(
                                new IpBlocked(
                                        meta("shop", 9), "shop", "e1", ip, "honeypot", null, BY));
        var address = InetAddress.ofLiteral("203.0.113.9");
        assertThat(verdict(blocked, address)).isEqualTo(IpRules.Verdict.BLOCKED);
        assertThat(
                        verdict(
                                blocked.apply(
                                        new IpRemoved(meta("shop", 10), "shop", "e1", ip, BY)),
                                address))
                .isEqualTo(IpRules.Verdict.NONE);
    }

    private static IpRules.Verdict verdict(AccessFold fold, InetAddress address) {
        return Objects.requireNonNull(fold.sites().get("shop")).ips().verdict(address, NOON);
    }

    @Test
    void stateIsWhatTheEventsSay() {
        var fold = fold(HISTORY);
        var site = Objects.requireNonNull(fold.sites().get("shop"));
        assertThat(site.domains()).containsExactly(new DomainConfig("d1", ".example.com"));
        assertThat(fold.forms()).containsOnlyKeys("shop/contact");
        assertThat(fold.integrations()).containsOnlyKeys(KeyHash.of("key-2"));
        assertThat(source(fold).at(NOON))
                .isEqualTo(
                        new SourceConfig(
                                "s1",
                                "shop",
                                "Stripe",
                                "stripe",
                                SourceConfig.Scheme.OF_PROVIDER,
                                List.of("whsec_1"),
                                Map.of("email", "a.b"),
                                1,
                                Duration.ofMinutes(10),
                                Duration.ZERO,
                                SourceConfig.Limits.NONE,
                                Map.of()));
        assertThat(fold.versions()).isEqualTo(Map.of("shop", 8L));
    }

    @Test
    void newestEventTwiceChangesNothing() {
        var once = fold(HISTORY);
        assertThat(once.apply(HISTORY.getLast())).isEqualTo(once);
    }

    @Test
    void leadingDotAllowsSubdomains() {
        var site =
                new SiteConfig(
                        "s",
                        "S",
                        "k",
                        List.of(
                                new DomainConfig("1", ".example.com"),
                                new DomainConfig("2", "one.example.org")));
        assertThat(site.allows("example.com")).isTrue();
        assertThat(site.allows("WWW.Example.Com")).isTrue();
        assertThat(site.allows("badexample.com")).isFalse();
        assertThat(site.allows("one.example.org")).isTrue();
        assertThat(site.allows("two.one.example.org")).isFalse();
    }

    @Test
    void secretOptionsAreReplacedAsAWholeAndErasedOnesAreMissing() {
        var told =
                SourceChange.newBuilder()
                        .setSecretOptions(
                                Map.of(
                                        "access_token", PersonalData.of("t-1"),
                                        "verify_token", PersonalData.of("gone")))
                        .build();
        var changed =
                fold(HISTORY)
                        .apply(
                                new SourceChanged(
                                        meta("shop", 9), "shop", "s1", told, List.of(), BY));
        var cleared =
                changed.apply(
                        new SourceChanged(
                                meta("shop", 10),
                                "shop",
                                "s1",
                                SourceChange.newBuilder().build(),
                                List.of("secret_options"),
                                BY));
        var half =
                new SecretOpener() {
                    @Override
                    public Optional<String> secret(Source source, String secretId, Pii value) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> option(Source source, String name, Pii value) {
                        return UNSEALED.option(source, name, value)
                                .filter(text -> !text.equals("gone"));
                    }
                };

        assertThat(source(changed).config().secretOptions())
                .isEqualTo(Map.of("access_token", "t-1", "verify_token", "gone"));
        assertThat(source(cleared).config().secretOptions()).isEmpty();
        var opened = Objects.requireNonNull(changed.sources().get("s1")).open(half);
        assertThat(opened.config().secretOptions()).isEqualTo(Map.of("access_token", "t-1"));
        assertThat(opened.secrets()).isEmpty();
    }

    @Test
    void secretsAreNotInItsText() {
        assertThat(fold(HISTORY).sources().toString()).doesNotContain("whsec_1");
    }
}
