package io.headwater.bench;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.AppointmentChanged;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadAssigned;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadLost;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadNoted;
import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.events.lead.SubmissionTested;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/// One person who sends a form, and what becomes of it, as deciders would have told it: of a
/// hundred nine never become leads or wait for it; the others are scored, called, visited, won or
/// lost, and a few come again or turn out to be a lead that was there already.
final class LeadStory {

    /// Nothing happens later than this after the beginning.
    static final Duration LONGEST = Duration.ofDays(9);

    private static final int SITES = 40;
    private static final int SOURCES = 3;
    private static final String ACTOR = "user:ana";
    private static final String CURRENCY = "EUR";

    /// Something that is told on a topic.
    record Step(Instant at, Topics.Topic topic, String site, SpecificRecord record) {}

    private final long number;
    private final SplittableRandom random;
    private final String site;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private Instant now;
    private int commands;

    private LeadStory(long number, Instant begin) {
        this.number = number;
        random = new SplittableRandom(number);
        site = "site-" + random.nextInt(SITES);
        now = begin;
    }

    /// @param number the same story for the same one
    /// @return in the order of time
    static List<Step> of(long number, Instant begin) {
        var story = new LeadStory(number, begin);
        story.tell();
        return story.steps;
    }

    private void tell() {
        var submission = delivered("");
        String id = submission.getSubmissionId();
        int outcome = random.nextInt(100);
        if (outcome < 2) {
            lead(new SubmissionBlocked(meta(id), submission, "honeypot"));
        } else if (outcome < 4) {
            lead(new SubmissionTested(meta(id), submission, "test_string"));
        } else if (outcome < 5) {
            lead(new SubmissionRefused(meta(id), submission, "no_identity", "Nobody is named."));
        } else if (outcome < 9) {
            quarantined(submission);
        } else {
            life(captured(submission));
        }
    }

    private void quarantined(Submission submission) {
        String id = submission.getSubmissionId();
        lead(new SubmissionQuarantined(meta(id), submission, "unmapped", "A field is missing."));
        later(Duration.ofHours(20));
        int end = random.nextInt(4);
        if (end == 0) {
            lead(
                    SubmissionRejected.newBuilder()
                            .setMeta(meta(id))
                            .setSubmissionId(id)
                            .setReasonCode("spam")
                            .setActor(ACTOR)
                            .build());
        } else if (end < 3) {
            lead(new SubmissionReleased(meta(id), id, null, ACTOR));
            life(captured(Submission.newBuilder(submission).setReleased(true).build()));
        }
    }

    private void life(String lead) {
        if (in100(4)) {
            deliveredTwice(lead);
        }
        if (in100(80)) {
            later(Duration.ofHours(1));
            lead(new LeadAssigned(meta(lead), lead, "ana", "south", now, ACTOR));
        }
        if (in100(70)) {
            later(Duration.ofHours(8));
            contacted(lead, in100(50));
            stage(lead, "new", "contacted", "open");
        }
        if (in100(30)) {
            later(Duration.ofDays(1));
            contacted(lead, in100(70));
        }
        if (in100(15)) {
            lead(
                    new LeadNoted(
                            meta(lead), lead, "note-1", PersonalData.of("Has a dog."), now, ACTOR));
        }
        if (in100(3)) {
            later(Duration.ofDays(1));
            lead(new LeadResubmitted(meta(lead), lead, delivered(""), false, null));
            scored(lead);
        }
        if (in100(20)) {
            appointment(lead);
        }
        if (in100(2)) {
            later(Duration.ofDays(1));
            merged(lead);
        } else {
            end(lead);
        }
    }

    private void end(String lead) {
        long amount = 10_000 + random.nextInt(5_000_000);
        if (in100(15)) {
            later(Duration.ofDays(1));
            lead(new LeadQuoted(meta(lead), lead, "quote-1", amount, CURRENCY, now, ACTOR));
        }
        later(Duration.ofDays(1));
        int end = random.nextInt(100);
        if (end < 10) {
            stage(lead, "contacted", "won", "won");
            lead(new LeadWon(meta(lead), lead, "won", amount, CURRENCY, "deal-1", now, ACTOR));
            paid(lead, amount);
        } else if (end < 45) {
            stage(lead, "contacted", "lost", "lost");
            lead(new LeadLost(meta(lead), lead, "lost", "price", null, now, ACTOR));
        }
    }

    private void paid(String lead, long amount) {
        later(Duration.ofHours(12));
        told(lead, "payment_succeeded", "payment-" + number, amount);
        if (in100(10)) {
            later(Duration.ofHours(12));
            lead(
                    new RefundRecorded(
                            meta(lead), lead, "refund-1", amount / 2, CURRENCY, false, now, ACTOR));
        }
    }

    private void appointment(String lead) {
        String ref = "booking-" + number;
        Instant starts = now.plus(Duration.ofDays(1));
        booking(lead, ref, "booked", starts);
        later(Duration.ofDays(1));
        booking(lead, ref, in100(75) ? "shown" : "no_show", starts);
    }

    /// A fact that tells of it, and the appointment as it stands after this.
    private void booking(String lead, String ref, String change, Instant starts) {
        var delivery = delivery("calendly", "");
        var fact = delivery.fact("appointment_" + change, ref).setStartsAt(starts).build();
        fact(delivery, fact.getFactId(), new FactRecorded(meta(lead), fact, lead));
        lead(
                AppointmentChanged.newBuilder()
                        .setMeta(meta(lead))
                        .setLeadId(lead)
                        .setAppointmentRef(ref)
                        .setCurrentRef(ref)
                        .setChange(change)
                        .setStatus(change)
                        .setStartsAt(starts)
                        .setFactId(fact.getFactId())
                        .setAt(now)
                        .setActor("provider:" + delivery.source())
                        .build());
    }

    private void told(String lead, String kind, String ref, long amount) {
        var delivery = delivery("stripe", "");
        var fact = delivery.fact(kind, ref).setAmountMinor(amount).setCurrency(CURRENCY).build();
        fact(delivery, fact.getFactId(), new FactRecorded(meta(lead), fact, lead));
    }

    private void fact(Delivery delivery, String factId, FactRecorded recorded) {
        step(Topics.INTAKE_WEBHOOKS, delivery.audit(List.of()));
        step(Topics.INTAKE_RECEIPTS, delivery.receipt(List.of(), List.of(factId)));
        lead(recorded);
    }

    /// The same person by another address: a lead of its own until somebody sees it.
    private void merged(String survivor) {
        String other = captured(delivered("-again"));
        later(Duration.ofHours(2));
        lead(new LeadMerged(meta(other), other, survivor, null, now, ACTOR));
        lead(new LeadAbsorbed(meta(survivor), survivor, other, List.of(), now, ACTOR));
    }

    private void deliveredTwice(String lead) {
        now = now.plusSeconds(300);
        var again = delivered("");
        lead(
                SubmissionDuplicated.newBuilder()
                        .setMeta(meta(again.getSubmissionId()))
                        .setSubmission(again)
                        .setDuplicateOf(firstSubmission())
                        .setLeadId(lead)
                        .setRule("person")
                        .build());
    }

    private String firstSubmission() {
        return steps.stream()
                .map(Step::record)
                .filter(LeadCaptured.class::isInstance)
                .map(captured -> ((LeadCaptured) captured).getSubmission().getSubmissionId())
                .findFirst()
                .orElseThrow();
    }

    private String captured(Submission submission) {
        String lead = site + "_" + submission.getSubmissionId().replace("-", "");
        lead(new LeadCaptured(meta(lead), lead, "new", submission));
        scored(lead);
        return lead;
    }

    private void scored(String lead) {
        Instant submitted = now;
        now = now.plusSeconds(30);
        lead(
                LeadScored.newBuilder()
                        .setMeta(meta(lead))
                        .setLeadId(lead)
                        .setEngagementScore(random.nextInt(100))
                        .setEngagementLabel("Warm")
                        .setSuspicionScore(10)
                        .setSuspicionReasons(List.of("no_session"))
                        .setSubmittedAt(submitted)
                        .build());
    }

    private void contacted(String lead, boolean reached) {
        lead(new LeadContacted(meta(lead), lead, "call", reached, now, ACTOR));
    }

    private void stage(String lead, String from, String to, String kind) {
        lead(
                LeadStageChanged.newBuilder()
                        .setMeta(meta(lead))
                        .setLeadId(lead)
                        .setFromStage(from)
                        .setToStage(to)
                        .setToKind(kind)
                        .setCause("hand")
                        .setAt(now)
                        .setActor(ACTOR)
                        .build());
    }

    /// A form that is kept: what it is counted as follows.
    private Submission delivered(String address) {
        var delivery = delivery("meta", address);
        var submission = delivery.submission(Delivery.newId(now, random), random);
        var ids = List.of(submission.getSubmissionId());
        step(Topics.INTAKE_WEBHOOKS, delivery.audit(ids));
        step(Topics.INTAKE_RECEIPTS, delivery.receipt(ids, List.of()));
        return submission;
    }

    private Delivery delivery(String provider, String address) {
        String source = site + "-" + provider + "-" + random.nextInt(SOURCES);
        return new Delivery(
                site, source, provider, number + address, Delivery.newId(now, random), now);
    }

    private void lead(SpecificRecord event) {
        step(Topics.LEAD_EVENTS, event);
    }

    private void step(Topics.Topic topic, SpecificRecord record) {
        steps.add(new Step(now, topic, site, record));
    }

    private EventMeta meta(String aggregate) {
        String command = "bench-" + number + "-" + ++commands;
        return new EventMeta(
                command + "-0", aggregate, sequences.merge(aggregate, 1L, Long::sum), command, now);
    }

    private boolean in100(int times) {
        return random.nextInt(100) < times;
    }

    private void later(Duration most) {
        now = now.plusMillis(random.nextLong(most.toMillis()));
    }
}
