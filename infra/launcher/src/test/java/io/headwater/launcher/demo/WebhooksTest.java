package io.headwater.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private final Person person = Person.invent(new Random(1), "7");

    @Test
    void theKeyOfGoogleStandsInTheBody() {
        var delivery = Webhooks.googleAds(person, "lead-1", "Old Mill", true, "the key");

        assertThat(DemoApi.JSON.readTree(delivery.body()).path("google_key").stringValue())
                .isEqualTo("the key");
        assertThat(delivery.body()).contains("\"is_test\":true", person.email());
    }

    @Test
    void signaturesCoverTimeAndBody() {
        var one = Webhooks.stripe(person, "charge.succeeded", "1", 100, AT, "secret");
        var other = Webhooks.stripe(person, "charge.succeeded", "1", 101, AT, "secret");
        var later =
                Webhooks.stripe(person, "charge.succeeded", "1", 100, AT.plusSeconds(1), "secret");

        assertThat(one.headers().get("Stripe-Signature"))
                .matches("t=1795255200,v1=[0-9a-f]{64}")
                .isNotEqualTo(other.headers().get("Stripe-Signature"))
                .isNotEqualTo(later.headers().get("Stripe-Signature"));
        assertThat(Webhooks.typeform(person, "1", AT, "secret").headers().get("Typeform-Signature"))
                .matches("sha256=[A-Za-z0-9+/]{43}=");
    }

    @Test
    void peopleAreTheSameForTheSameSeedAndNobodyReal() {
        assertThat(Person.invent(new Random(1), "7")).isEqualTo(person);
        assertThat(person.email()).matches(".+@(example\\.(com|org|net)|(mail|firm)\\.test)");
        assertThat(person.phone()).matches("\\+1\\d{3}55501\\d{2}");
    }
}
