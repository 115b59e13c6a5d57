package io.headwater.launcher.demo;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/// What providers deliver while people visit: leads from their own forms, appointments and payments
/// of people who are leads, some of it twice, some of it as a test, some of it unusable.
final class ProviderPosts {

    private final DemoApi api;
    private final DemoSite site;

    ProviderPosts(DemoApi api, DemoSite site) {
        this.api = api;
        this.site = site;
    }

    /// A lead that a provider collected.
    ///
    /// @param number unique among all deliveries
    void lead(Person person, String number, RandomGenerator random)
            throws IOException, InterruptedException {
        String project = Person.one(LeadPosts.PROJECTS, random);
        int kind = random.nextInt(100);
        if (kind < 50) {
            var source = site.source("google-ads");
            boolean test = random.nextInt(100) < 8;
            String id = test ? "TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "ads-" + number;
            Person known = random.nextInt(100) < 6 ? nameless(person) : person;
            deliver(source, Webhooks.googleAds(known, id, project, test, source.secret()), random);
        } else if (kind < 80) {
            var source = site.source("typeform");
            deliver(
                    source,
                    Webhooks.typeform(person, "form-" + number, now(), source.secret()),
                    random);
        } else {
            var source = site.source("generic");
            deliver(
                    source,
                    Webhooks.generic(person, "crm-" + number, project, source.secret()),
                    random);
        }
    }

    /// An appointment or a payment of somebody, known as a lead or not.
    void fact(Person person, String number, RandomGenerator random)
            throws IOException, InterruptedException {
        if (random.nextBoolean()) {
            var source = site.source("calendly");
            int kind = random.nextInt(100);
            String event =
                    kind < 75
                            ? "invitee.created"
                            : kind < 90 ? "invitee.canceled" : "invitee_no_show.created";
            deliver(
                    source,
                    Webhooks.calendly(person, event, "INV" + number, now(), source.secret()),
                    random);
        } else {
            var source = site.source("stripe");
            String type = random.nextInt(100) < 90 ? "charge.succeeded" : "charge.refunded";
            long cents = 25_000 + 500L * random.nextInt(400);
            deliver(
                    source,
                    Webhooks.stripe(person, type, "demo" + number, cents, now(), source.secret()),
                    random);
        }
    }

    private void deliver(DemoSite.Source source, Delivery delivery, RandomGenerator random)
            throws IOException, InterruptedException {
        api.webhook(source.url(), delivery);
        if (random.nextInt(100) < 8) {
            api.webhook(source.url(), delivery);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /// Nothing in it says who it is: kept, in quarantine.
    private static Person nameless(Person person) {
        return new Person(
                "",
                "",
                "",
                "",
                person.country(),
                person.city(),
                person.timezone(),
                person.fingerprint(),
                person.device(),
                person.utmSource(),
                person.utmMedium(),
                person.utmCampaign(),
                person.referrer());
    }
}
