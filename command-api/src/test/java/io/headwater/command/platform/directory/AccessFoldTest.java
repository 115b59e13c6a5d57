package io.headwater.command.platform.directory;

import static io.headwater.schema.SampleEvents.meta;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.access.DomainAdded;
import io.headwater.events.access.DomainRemoved;
import io.headwater.events.access.FormCreated;
import io.headwater.events.access.IntegrationCreated;
import io.headwater.events.access.IntegrationRevoked;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.access.SourceCreated;
import io.headwater.schema.PersonalData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class AccessFoldTest {

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
                            .setSecrets(List.of(PersonalData.sealed("whsec_1")))
                            .setMapping(Map.of("email", "a.b"))
                            .build());

    private static AccessFold fold(List<SpecificRecord> events) {
        var fold = AccessFold.EMPTY;
        for (var event : events) {
            fold = fold.apply(event);
        }
        return fold;
    }

    @Test
    void stateIsWhatTheEventsSay() {
        var fold = fold(HISTORY);
        var site = Objects.requireNonNull(fold.sites().get("shop"));
        assertThat(site.domains()).containsExactly(new DomainConfig("d1", ".example.com"));
        assertThat(fold.forms()).containsOnlyKeys("shop/contact");
        assertThat(fold.integrations()).containsOnlyKeys(KeyHash.of("key-2"));
        assertThat(fold.sources().get("s1"))
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
    void secretsAreNotInItsText() {
        assertThat(fold(HISTORY).sources().toString()).doesNotContain("whsec_1");
    }
}
