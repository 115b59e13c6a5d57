package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.RunningDecider;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.ChangeAppointment;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.EraseLead;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.ForgetLead;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.WinLead;
import io.headwater.events.lead.WithdrawErasure;
import io.headwater.schema.Topics;
import java.util.UUID;

/// What was decided before the stores of the lead decider were lost, to be asked for again: all
/// kinds of entries that they have, of people that nobody else has.
final class DecidedBefore {

    private final String tag = UUID.randomUUID().toString();
    private final RunningDecider decider;
    private final LeadAsks asks;
    private final Submission zoe = LeadAsks.of(email("zoe")).build();
    private final String lead = LeadDesk.leadId(SITE, zoe.getSubmissionId());
    private final Submission ann = LeadAsks.of(email("ann")).build();
    private final String merged = LeadDesk.leadId(SITE, ann.getSubmissionId());
    private final Submission waiting = LeadAsks.broken(email("waits"));
    private final ChangeLead refused =
            LeadDriver.change(lead).setWin(new WinLead(1L, "EUR", null)).build();

    private String forgotten = "";

    private DecidedBefore(RunningDecider decider) {
        this.decider = decider;
        asks = new LeadAsks(decider);
    }

    static DecidedBefore by(RunningDecider decider) {
        var before = new DecidedBefore(decider);
        before.leads();
        before.quarantine();
        return before;
    }

    private String email(String who) {
        return who + "-" + tag + "@example.org";
    }

    private String fact(String what) {
        return "stripe:" + what + "-" + tag;
    }

    private void leads() {
        asks.payment(fact("early"), email("zoe"));
        asks.payment(fact("nobody"), email("nobody"));
        assertThat(asks.capture(zoe).getOutcome()).isEqualTo("accepted");
        assertThat(asks.capture(LeadAsks.again(zoe)).getOutcome()).isEqualTo("duplicate");
        asks.capture(LeadAsks.of(email("zoe")).build());
        asks.capture(ann);
        asks.change(
                LeadDriver.change(lead)
                        .setAppointment(
                                ChangeAppointment.newBuilder()
                                        .setChange("booked")
                                        .setRef("visit-1")
                                        .build()));
        asks.change(LeadDriver.change(lead).setWin(new WinLead(5000L, "EUR", null)));
        asks.change(LeadDriver.change(merged).setMerge(new MergeLead(lead, null)));
        assertThat(askTheRefused().getCode()).isEqualTo("already-won");
        forgotten = String.valueOf(asks.capture(gone()).getAggregateId());
        asks.change(LeadDriver.change(forgotten).setErase(new EraseLead("hand", false)));
        asks.change(LeadDriver.change(forgotten).setForget(new ForgetLead("hand", null)));
        String kept =
                String.valueOf(asks.capture(LeadAsks.of(email("kept")).build()).getAggregateId());
        asks.change(LeadDriver.change(kept).setErase(new EraseLead("hand", true)));
        asks.change(LeadDriver.change(kept).setWithdrawErasure(new WithdrawErasure(null)));
    }

    private Submission gone() {
        return LeadAsks.of(email("gone")).build();
    }

    private void quarantine() {
        assertThat(asks.capture(waiting).getOutcome()).isEqualTo("quarantined");
        var mended = LeadAsks.broken(email("mended"));
        asks.capture(mended);
        asks.mend(mended);
        assertThat(asks.release(mended).getOutcome()).isEqualTo("accepted");
        var spam = LeadAsks.broken(email("spam"));
        asks.capture(spam);
        asks.reject(spam);
    }

    /// Of the first person.
    String lead() {
        return lead;
    }

    /// A command that was refused and made no event.
    CommandResult askTheRefused() {
        return decider.ask(SITE, refused.getCommandId(), refused);
    }

    /// Nothing of this makes an event: all of it was decided before.
    void requireRemembered(String when) {
        long events = decider.events();
        var first = asks.capture(zoe);
        assertThat(first.getOutcome()).as(when).isEqualTo("accepted");
        assertThat(first.getAggregateId()).isEqualTo(lead);
        assertThat(first.getValues()).containsEntry("created", "true");
        assertThat(asks.payment(fact("early"), email("zoe")).getOutcome()).isEqualTo("duplicate");
        var stale =
                LeadDriver.change(lead).setExpectedVersion(2L).setWin(new WinLead(1L, "EUR", null));
        assertThat(asks.change(stale).getCode()).as(when).isEqualTo("version-conflict");
        assertThat(asks.release(waiting).getCode()).as(when).isEqualTo("invalid-phone");
        assertThat(decider.events()).as("events, %s", when).isEqualTo(events);
    }

    /// Decided by what the stores hold.
    void requireRules() {
        assertThat(asks.capture(LeadAsks.again(zoe)).getValues())
                .containsEntry("duplicate_of", zoe.getSubmissionId())
                .containsEntry("first_outcome", "accepted");
        assertThat(asks.payment(fact("late"), email("ann")).getAggregateId())
                .as("facts of a merged lead are the survivor's")
                .isEqualTo(lead);
        assertThat(asks.capture(gone()).getAggregateId())
                .as("who was forgotten is somebody new")
                .isNotEqualTo(forgotten);
        var nobody = asks.capture(LeadAsks.of(email("nobody")).build());
        assertThat(decider.log().values(Topics.LEAD_EVENTS.name(), FactAttributed.class))
                .as("what waited finds its lead")
                .anyMatch(event ->
                        event.getLeadId().equals(nobody.getAggregateId())
                                && event.getFactId().equals(fact("nobody")));
    }
}
