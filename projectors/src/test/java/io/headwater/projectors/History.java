package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.event;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.sessionImported;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.projectors.lead.RandomLife;
import io.headwater.projectors.platform.Projection;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/// What may be on the source topics of a projection: the same of the same seed.
public final class History {

    /// A record of a log.
    ///
    /// @param lane what keeps its order, whatever is mixed: the records of one visitor or site
    public record Sent(String topic, String lane, String key, SpecificRecord event) {}

    private History() {}

    /// @return records of the topics that the projection reads, dozens of them
    public static List<Sent> of(Projection projection, Random random) {
        var sources = projection.sources();
        if (sources.contains(Topics.TRACKING_EVENTS.name())) {
            return visits(random);
        }
        if (sources.contains(Topics.INTAKE_WEBHOOKS.name())) {
            return deliveries(random);
        }
        return leads(random).stream().filter(one -> sources.contains(one.topic())).toList();
    }

    static Sent bySite(Topics.Topic topic, String site, SpecificRecord event) {
        return new Sent(topic.name(), topic.name() + site, site, event);
    }

    /// The same records in another order that a log may have: lanes are mixed anew.
    static List<Sent> mixed(List<Sent> log, Random random) {
        Map<String, Deque<Sent>> lanes = new LinkedHashMap<>();
        log.forEach(
                one -> lanes.computeIfAbsent(one.lane(), unseen -> new ArrayDeque<>()).add(one));
        var turns = new ArrayList<>(log.stream().map(Sent::lane).toList());
        Collections.shuffle(turns, random);
        return turns.stream()
                .map(lane -> lanes.getOrDefault(lane, new ArrayDeque<>()).removeFirst())
                .toList();
    }

    /// Visitors with several sessions each, of which some begin in the middle and some were made
    /// elsewhere.
    static List<Sent> visits(Random random) {
        List<Sent> log = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String visitor = "visitor-" + random.nextInt(6);
            String session = SampleEvents.session(visitor, random.nextInt(4));
            if (random.nextInt(12) == 0) {
                log.add(imported(visitor, i, random));
                continue;
            }
            SpecificRecord event =
                    switch (random.nextInt(5)) {
                        case 0 -> Events.start(session, visitor, "main");
                        case 1 -> SampleEvents.sessionEnded(session);
                        default -> tracked(session, random);
                    };
            log.add(new Sent(Topics.TRACKING_EVENTS.name(), visitor, session, event));
        }
        return log;
    }

    static SpecificRecord tracked(String session, Random random) {
        return SampleEvents.eventsTracked(
                session,
                event("page_view", NOON.plusSeconds(random.nextInt(600)))
                        .setPage("/" + random.nextInt(5))
                        .build(),
                event("click", NOON.plusSeconds(random.nextInt(600))).build(),
                event("scroll", NOON.plusSeconds(random.nextInt(600)))
                        .setScrollPercent(random.nextDouble() * 100)
                        .build());
    }

    private static Sent imported(String visitor, int number, Random random) {
        var begun = NOON.minusSeconds(86_400L * (1 + random.nextInt(300)));
        String session = Slots.newSessionId(visitor, begun, () -> number);
        var past =
                sessionImported()
                        .setSessionId(session)
                        .setVisitorId(visitor)
                        .setExternalId("visit-" + number)
                        .build();
        return new Sent(Topics.TRACKING_EVENTS.name(), visitor, session, past);
    }

    private static List<Sent> deliveries(Random random) {
        List<Sent> log = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String site = "site-" + random.nextInt(4);
            // A producer may write a delivery again.
            String receipt = site + "-receipt-" + random.nextInt(25);
            var delivery =
                    WebhookReceived.newBuilder()
                            .setReceiptId(receipt)
                            .setSiteId(site)
                            .setSourceId(random.nextBoolean() ? "source" : "s".repeat(2_000))
                            .setProvider("calendly")
                            .setChannel("webhook")
                            .setOutcome(random.nextBoolean() ? "accepted" : "unreadable")
                            .setContentType("application/json")
                            .setBodyBytes(random.nextInt(4_000))
                            .setHeaders(Map.of("user-agent", "Calendly", "x-a", "b"))
                            .setBody(PersonalData.of("{\"a\":" + i + "}"))
                            .setSubmissionIds(List.of("s" + i, "s" + random.nextInt(60)))
                            .setReceivedAt(NOON.plusSeconds(random.nextInt(3_600)))
                            .build();
            log.add(bySite(Topics.INTAKE_WEBHOOKS, site, delivery));
        }
        return log;
    }

    /// Sites of which most have leads with short lives, and one has long ones: submissions that
    /// come in, wait and are edited, and three leads that are merged and parted.
    private static List<Sent> leads(Random random) {
        var story = new SiteStories(random, 18).log();
        var intake = new RandomIntake(random);
        List<Sent> main = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            for (SpecificRecord event : intake.next()) {
                var topic =
                        event instanceof ReceiptRecorded
                                ? Topics.INTAKE_RECEIPTS
                                : Topics.LEAD_EVENTS;
                main.add(bySite(topic, SITE, event));
            }
        }
        List<Sent> life =
                life(random).stream()
                        .map(event -> bySite(Topics.LEAD_EVENTS, SITE, event))
                        .toList();
        return woven(List.of(story, main, life), random);
    }

    private static List<SpecificRecord> life(Random random) {
        var life = new RandomLife(random);
        List<SpecificRecord> events = new ArrayList<>();
        int number = 0;
        for (String lead : RandomLife.LEADS) {
            events.add(leadCaptured(lead, Events.submission(SITE, 900 + ++number)));
        }
        for (var step :
                List.of(
                        life.merge(2, 1),
                        life.merge(1, 0),
                        life.unmerge(1, 0),
                        life.merge(1, 0),
                        life.unmerge(1, 0),
                        life.unmerge(2, 1))) {
            life.facts(3).forEach(told -> events.add(told.toItsLead()));
            events.addAll(step);
        }
        return events;
    }

    private static List<Sent> woven(List<List<Sent>> logs, Random random) {
        var rest = new ArrayList<Deque<Sent>>();
        logs.forEach(log -> rest.add(new ArrayDeque<>(log)));
        rest.removeIf(Deque::isEmpty);
        List<Sent> woven = new ArrayList<>();
        while (!rest.isEmpty()) {
            var one = rest.get(random.nextInt(rest.size()));
            woven.add(one.removeFirst());
            rest.removeIf(Deque::isEmpty);
        }
        return woven;
    }
}
