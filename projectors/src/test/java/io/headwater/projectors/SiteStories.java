package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;

import io.headwater.events.EventMeta;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.schema.SampleLife;
import io.headwater.schema.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/// Leads of several sites that are captured, quarantined, let in, turned down, moved, won and
/// merged.
final class SiteStories {

    private final Random random;
    private final int submissions;
    private final List<History.Sent> log = new ArrayList<>();
    private int number;

    /// @param submissions that come in
    SiteStories(Random random, int submissions) {
        this.random = random;
        this.submissions = submissions;
    }

    /// @return receipts and events, in their order
    List<History.Sent> log() {
        for (int i = 0; i < submissions; i++) {
            submission("site-" + random.nextInt(4));
        }
        return log;
    }

    private void submission(String site) {
        var submission = Events.submission(site, ++number);
        String id = submission.getSubmissionId();
        String lead = site + "_" + number;
        log.add(
                History.bySite(
                        Topics.INTAKE_RECEIPTS,
                        site,
                        ReceiptRecorded.newBuilder()
                                .setReceiptId("receipt-" + number)
                                .setSiteId(site)
                                .setChannel("form")
                                .setSubmissionIds(List.of(id))
                                .setReceivedAt(NOON)
                                .build()));
        boolean waits = random.nextBoolean();
        if (waits) {
            lead(
                    site,
                    new SubmissionQuarantined(meta(id, 1), submission, "broken", "it is broken"));
            switch (random.nextInt(3)) {
                case 0 -> {
                    return;
                }
                case 1 -> {
                    lead(
                            site,
                            SubmissionRejected.newBuilder(SampleLife.submissionRejected(2))
                                    .setMeta(meta(id, 2))
                                    .setSubmissionId(id)
                                    .build());
                    return;
                }
                default ->
                        lead(
                                site,
                                SubmissionReleased.newBuilder(SampleLife.submissionReleased(2))
                                        .setMeta(meta(id, 2))
                                        .setSubmissionId(id)
                                        .build());
            }
        }
        var captured =
                Submission.newBuilder(submission)
                        .setReleased(waits)
                        .setUtmSource(random.nextBoolean() ? "google" : "bing")
                        .build();
        lead(site, new LeadCaptured(meta(lead, 1), lead, "new", captured));
        life(site, lead);
    }

    private void life(String site, String lead) {
        lead(
                site,
                LeadContacted.newBuilder(SampleLife.contacted(2).build())
                        .setMeta(meta(lead, 2))
                        .setLeadId(lead)
                        .setAt(NOON.plusSeconds(random.nextInt(600)))
                        .build());
        lead(
                site,
                LeadStageChanged.newBuilder(SampleLife.stageChanged("new", "contacted", 3).build())
                        .setMeta(meta(lead, 3))
                        .setLeadId(lead)
                        .build());
        lead(
                site,
                LeadWon.newBuilder(SampleLife.won(random.nextInt(1_000), "EUR", 4).build())
                        .setMeta(meta(lead, 4))
                        .setLeadId(lead)
                        .build());
        if (random.nextInt(3) == 0) {
            lead(
                    site,
                    LeadMerged.newBuilder(SampleLife.merged(5))
                            .setMeta(meta(lead, 5))
                            .setLeadId(lead)
                            .setIntoLeadId(site + "_of-another-story")
                            .build());
            if (random.nextBoolean()) {
                lead(
                        site,
                        LeadUnmerged.newBuilder(SampleLife.unmerged(6))
                                .setMeta(meta(lead, 6))
                                .setLeadId(lead)
                                .setFromLeadId(site + "_of-another-story")
                                .build());
            }
        }
    }

    private void lead(String site, SpecificRecord event) {
        log.add(History.bySite(Topics.LEAD_EVENTS, site, event));
    }

    private static EventMeta meta(String aggregate, long sequence) {
        return SampleLife.meta(aggregate, sequence);
    }
}
