package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.Consent;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.events.lead.SubmissionTested;
import io.headwater.schema.SampleLife;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/// Submissions of one site that come in, wait, are edited, let in, turned down and read again by
/// another mapping, some of them imported; and what each of them counts as.
final class RandomIntake {

    private static final List<String> OUTCOMES =
            List.of("accepted", "duplicate", "blocked", "test", "refused", "quarantined");

    private final Random random;
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private final Map<String, Submission> waiting = new LinkedHashMap<>();

    /// By the submissions that were accepted.
    private final Map<String, String> leads = new LinkedHashMap<>();

    private int number;

    RandomIntake(Random random) {
        this.random = random;
    }

    /// What every submission counts as now, by its id.
    Map<String, String> outcomes() {
        return outcomes;
    }

    /// @return receipts and events of the next thing that happens, in their order
    List<SpecificRecord> next() {
        int what = random.nextInt(10);
        if (what < 5 || waiting.isEmpty()) {
            return comesIn();
        }
        var ids = List.copyOf(waiting.keySet());
        String id = ids.get(random.nextInt(ids.size()));
        return switch (what) {
            case 5 -> List.of(edited(id));
            case 6, 7 -> released(id);
            case 8 -> List.of(rejected(id));
            default -> leads.isEmpty() ? comesIn() : List.of(corrected());
        };
    }

    private List<SpecificRecord> comesIn() {
        var submission =
                Submission.newBuilder(Events.submission(SITE, ++number))
                        .setReceivedAt(NOON.plusSeconds(random.nextInt(3_600)))
                        .setImported(random.nextInt(4) == 0)
                        .setSubmittedAt(NOON.minusSeconds(86_400L * random.nextInt(300)))
                        .setSourceId(random.nextBoolean() ? "source-" + random.nextInt(3) : null)
                        .setConsents(consents())
                        .build();
        var receipt =
                ReceiptRecorded.newBuilder()
                        .setReceiptId("receipt-" + number)
                        .setSiteId(SITE)
                        .setChannel(submission.getChannel())
                        .setSourceId(submission.getSourceId())
                        .setSubmissionIds(List.of(submission.getSubmissionId()))
                        .setReceivedAt(submission.getReceivedAt())
                        .build();
        return List.of(receipt, decided(submission, OUTCOMES.get(random.nextInt(6))));
    }

    private SpecificRecord decided(Submission submission, String outcome) {
        String id = submission.getSubmissionId();
        var meta = SampleLife.meta(id, ++number);
        outcomes.put(id, outcome);
        return switch (outcome) {
            case "accepted" -> accepted(submission);
            case "duplicate" ->
                    SubmissionDuplicated.newBuilder()
                            .setMeta(meta)
                            .setSubmission(submission)
                            .setDuplicateOf("another")
                            .setRule("person")
                            .build();
            case "blocked" -> new SubmissionBlocked(meta, submission, "honeypot");
            case "test" -> new SubmissionTested(meta, submission, "test-string");
            case "refused" -> new SubmissionRefused(meta, submission, "no-identity", "nobody");
            default -> {
                waiting.put(id, submission);
                yield new SubmissionQuarantined(meta, submission, "broken", "it is broken");
            }
        };
    }

    /// Every third one is of a person who is known.
    private SpecificRecord accepted(Submission submission) {
        String id = submission.getSubmissionId();
        boolean known = leads.size() % 3 == 2;
        String lead = known ? leads.values().iterator().next() : SITE + "_" + id;
        leads.put(id, lead);
        var meta = SampleLife.meta(lead, ++number);
        return known
                ? new LeadResubmitted(meta, lead, submission, false, null)
                : new LeadCaptured(meta, lead, "new", submission);
    }

    private List<Consent> consents() {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(n ->
                        Consent.newBuilder()
                                .setPurposes(List.of("phone"))
                                .setGranted(n == 0)
                                .setAt(NOON)
                                .build())
                .toList();
    }

    private SpecificRecord edited(String id) {
        return SubmissionEdited.newBuilder(
                        SampleLife.edited(
                                Map.of("utm_campaign", "winter"),
                                Map.of("utm_campaign", "edited-" + random.nextInt(3)),
                                ++number))
                .setSubmissionId(id)
                .build();
    }

    /// Also: it waits on, for another reason.
    private List<SpecificRecord> released(String id) {
        var submission =
                Submission.newBuilder(waiting.getOrDefault(id, Events.submission(SITE, 0)))
                        .setReleased(true)
                        .build();
        waiting.remove(id);
        var released =
                SubmissionReleased.newBuilder(SampleLife.submissionReleased(++number))
                        .setSubmissionId(id)
                        .build();
        return List.of(released, decided(submission, OUTCOMES.get(random.nextInt(6))));
    }

    private SpecificRecord rejected(String id) {
        waiting.remove(id);
        outcomes.put(id, "refused");
        return SubmissionRejected.newBuilder(SampleLife.submissionRejected(++number))
                .setSubmissionId(id)
                .build();
    }

    private SpecificRecord corrected() {
        var ids = List.copyOf(leads.keySet());
        String id = ids.get(random.nextInt(ids.size()));
        return LeadCorrected.newBuilder(
                        SampleLife.corrected(
                                Map.of("utm_source", "google"),
                                Map.of("utm_source", "corrected-" + random.nextInt(3)),
                                ++number))
                .setLeadId(leads.get(id))
                .setSubmissionId(id)
                .build();
    }
}
