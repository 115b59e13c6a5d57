package io.headwater.projectors.platform.keys;

import static io.headwater.schema.SampleEvents.NOON;
import static java.util.Objects.requireNonNull;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.AppointmentChanged;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/// Leads of some sites: captured at once or out of quarantine, submitted again, won, reopened,
/// merged and given back, with facts that find their lead late or never, and events that do not
/// fold. Each event is recorded a second after the one before.
final class RandomLeads {

    record Sent(String site, SpecificRecord event) {}

    private final Random random;
    private final List<Sent> log = new ArrayList<>();
    private final Map<String, String> leads = new LinkedHashMap<>();
    private final Map<String, String> mergedInto = new TreeMap<>();
    private final List<Submission> submissions = new ArrayList<>();
    private final Map<String, String> waitingFacts = new LinkedHashMap<>();
    private final Map<String, Submission> quarantined = new LinkedHashMap<>();
    private int number;

    RandomLeads(Random random) {
        this.random = random;
    }

    List<Sent> log(int steps) {
        for (int i = 0; i < steps; i++) {
            next();
        }
        return log;
    }

    List<String> leads() {
        return List.copyOf(leads.keySet());
    }

    private void next() {
        if (leads.size() < 3) {
            captured(submission("site-" + leads.size() % 2));
            return;
        }
        String lead = any(List.copyOf(leads.keySet()));
        String site = requireNonNull(leads.get(lead));
        switch (random.nextInt(14)) {
            case 0 -> captured(submission(site));
            case 1 -> quarantined(submission(site));
            case 2 -> letIn();
            case 3 ->
                    send(
                            site,
                            new LeadResubmitted(meta(lead), lead, submission(site), false, null));
            case 4 -> duplicated(lead, site);
            case 5 -> fact(lead, site);
            case 6 -> attributed();
            case 7 ->
                    send(
                            site,
                            LeadWon.newBuilder(
                                            SampleLife.won(random.nextInt(900), "EUR", 1).build())
                                    .setMeta(meta(lead))
                                    .setLeadId(lead)
                                    .build());
            case 8 ->
                    send(
                            site,
                            LeadStageChanged.newBuilder(
                                            SampleLife.stageChanged("won", "new", 1)
                                                    .setCause("reopen")
                                                    .build())
                                    .setMeta(meta(lead))
                                    .setLeadId(lead)
                                    .build());
            case 9, 10 -> merged(lead, site);
            case 11 -> corrected(lead, site);
            case 12 ->
                    send(
                            site,
                            AppointmentChanged.newBuilder(
                                            SampleLife.appointment("b-" + number, "booked", 1)
                                                    .build())
                                    .setMeta(meta(lead))
                                    .setLeadId(lead)
                                    .build());
            default -> {
                // of a lead that was never captured: a dead letter
                String nobody = site + "_nobody" + number;
                send(site, new FactAttributed(meta(nobody), "fact-unknown", nobody, null));
            }
        }
    }

    private void captured(Submission submission) {
        String lead = submission.getSiteId() + "_" + number;
        leads.put(lead, submission.getSiteId());
        send(submission.getSiteId(), new LeadCaptured(meta(lead), lead, "new", submission));
    }

    private void quarantined(Submission submission) {
        String id = submission.getSubmissionId();
        quarantined.put(id, submission);
        send(
                submission.getSiteId(),
                new SubmissionQuarantined(meta(id), submission, "broken", "it is broken"));
        send(
                submission.getSiteId(),
                SubmissionEdited.newBuilder(
                                SampleLife.edited(
                                        Map.of("utm_campaign", "winter"),
                                        Map.of("utm_campaign", "edited"),
                                        1))
                        .setMeta(meta(id))
                        .setSubmissionId(id)
                        .build());
    }

    private void letIn() {
        if (quarantined.isEmpty()) {
            return;
        }
        String id = any(List.copyOf(quarantined.keySet()));
        var submission =
                Submission.newBuilder(requireNonNull(quarantined.remove(id)))
                        .setReleased(true)
                        .build();
        send(
                submission.getSiteId(),
                SubmissionReleased.newBuilder(SampleLife.submissionReleased(1))
                        .setMeta(meta(id))
                        .setSubmissionId(id)
                        .build());
        captured(submission);
    }

    private void duplicated(String lead, String site) {
        var ofSite = submissions.stream().filter(s -> s.getSiteId().equals(site)).toList();
        send(
                site,
                SubmissionDuplicated.newBuilder()
                        .setMeta(meta(lead))
                        .setSubmission(submission(site))
                        .setDuplicateOf(any(ofSite).getSubmissionId())
                        .setLeadId(lead)
                        .setRule("person")
                        .build());
    }

    private void fact(String lead, String site) {
        String id = "fact-" + ++number;
        boolean late = random.nextBoolean();
        var fact =
                SampleEvents.fact()
                        .setFactId(id)
                        .setSiteId(site)
                        .setKind(random.nextBoolean() ? "payment_succeeded" : "appointment_booked")
                        .setExternalRef("ref-" + random.nextInt(4))
                        .setAmountMinor((long) random.nextInt(500))
                        .setCurrency("EUR")
                        .build();
        if (late) {
            waitingFacts.put(id, site);
        }
        send(site, new FactRecorded(meta(late ? id : lead), fact, late ? null : lead));
    }

    private void attributed() {
        if (waitingFacts.isEmpty()) {
            return;
        }
        String id = any(List.copyOf(waitingFacts.keySet()));
        String site = requireNonNull(waitingFacts.remove(id));
        var ofSite = leads.keySet().stream().filter(l -> site.equals(leads.get(l))).toList();
        String lead = any(ofSite);
        send(site, new FactAttributed(meta(lead), id, lead, null));
    }

    private void merged(String lead, String site) {
        String into = mergedInto.remove(lead);
        if (into != null) {
            send(
                    site,
                    LeadUnmerged.newBuilder(SampleLife.unmerged(1))
                            .setMeta(meta(lead))
                            .setLeadId(lead)
                            .setFromLeadId(into)
                            .build());
            send(
                    site,
                    LeadReleased.newBuilder(SampleLife.released(1))
                            .setMeta(meta(into))
                            .setLeadId(into)
                            .setMergedLeadId(lead)
                            .build());
            return;
        }
        var others =
                leads.keySet().stream()
                        .filter(other -> site.equals(leads.get(other)))
                        .filter(other -> !other.equals(lead) && !mergedInto.containsKey(other))
                        .filter(other -> !mergedInto.containsValue(lead))
                        .toList();
        if (others.isEmpty() || random.nextInt(3) > 0) {
            return;
        }
        String survivor = any(others);
        mergedInto.put(lead, survivor);
        send(
                site,
                LeadMerged.newBuilder(SampleLife.merged(1))
                        .setMeta(meta(lead))
                        .setLeadId(lead)
                        .setIntoLeadId(survivor)
                        .build());
        send(
                site,
                LeadAbsorbed.newBuilder(SampleLife.absorbed(1))
                        .setMeta(meta(survivor))
                        .setLeadId(survivor)
                        .setMergedLeadId(lead)
                        .build());
    }

    private void corrected(String lead, String site) {
        String id =
                log.stream()
                        .map(Sent::event)
                        .filter(event ->
                                event instanceof LeadCaptured one && one.getLeadId().equals(lead))
                        .map(event -> ((LeadCaptured) event).getSubmission().getSubmissionId())
                        .findFirst()
                        .orElseThrow();
        send(
                site,
                LeadCorrected.newBuilder(
                                SampleLife.corrected(
                                        Map.of("utm_source", "google"),
                                        Map.of("utm_source", "corrected-" + number),
                                        1))
                        .setMeta(meta(lead))
                        .setLeadId(lead)
                        .setSubmissionId(id)
                        .build());
    }

    private Submission submission(String site) {
        String id = "submission-" + ++number;
        var submission =
                SampleEvents.submission()
                        .setSubmissionId(id)
                        .setSiteId(site)
                        .setUtmSource(random.nextBoolean() ? "google" : null)
                        .build();
        submissions.add(submission);
        return submission;
    }

    private EventMeta meta(String aggregate) {
        String command = "command-" + ++number;
        return new EventMeta(command + "-0", aggregate, (long) number, command, recordedAt());
    }

    private Instant recordedAt() {
        return NOON.plusSeconds(log.size());
    }

    private void send(String site, SpecificRecord event) {
        log.add(new Sent(site, event));
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
