package io.headwater.command.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.Kills;
import io.headwater.command.LeadInvariants;
import io.headwater.command.platform.state.StateException;
import io.headwater.events.lead.FactRecorded;
import io.headwater.schema.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The stores of the lead decider are destroyed and made anew from its events; it then decides as
/// if nothing had been.
class LeadStateIT {

    @RegisterExtension static final RunningDecider DECIDER = new RunningDecider();

    private final StateLoss loss = new StateLoss(DECIDER);

    @Test
    void destroyedStoresComeBackFromTheEventsWhateverDiesMeanwhile() throws Exception {
        // given
        var before = DecidedBefore.by(DECIDER);
        assertThat(DECIDER.audit().differences()).isEmpty();
        var rebuild = RebuildProcess.rebuild(DECIDER.bootstrap(), DECIDER.work());
        assertThatThrownBy(rebuild::run)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("the lead decider runs");
        DECIDER.stop();
        loss.destroyStores();
        assertThat(DECIDER.audit().differences())
                .containsEntry("entities " + before.lead(), "in the events, but not in the store")
                .containsValue("differs in lead_id");
        new KilledRebuild(DECIDER).again(new Kills("LeadStateIT"));
        // waits for its stores by itself: else the rebuild would be refused
        DECIDER.start();

        // when
        var outcome = rebuild.run();

        // then
        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.results()).isGreaterThan(15);
        assertThat(DECIDER.audit().differences()).isEmpty();
        before.requireRemembered("results are there");
        assertThat(before.askTheRefused().getCode())
                .as("a refusal without an event, from the topic of results")
                .isEqualTo("already-won");
        before.requireRules();
        requireWholeLog();
    }

    @Test
    void withoutCommandsAndResultsTheEventsAreEnough() throws Exception {
        // given
        var before = DecidedBefore.by(DECIDER);
        DECIDER.stop();
        loss.forgetCommandsAndResults();

        // when
        var outcome = RebuildProcess.rebuild(DECIDER.bootstrap(), DECIDER.work()).run();
        DECIDER.start();

        // then
        assertThat(outcome.results()).isZero();
        before.requireRemembered("from events alone");
        before.requireRules();
        assertThat(DECIDER.audit().differences()).isEmpty();
        requireWholeLog();
    }

    private static void requireWholeLog() {
        new LeadInvariants(DECIDER.log()).requireWholeSequences();
        assertThat(DECIDER.log().values(Topics.LEAD_EVENTS.name(), FactRecorded.class))
                .extracting(event -> event.getFact().getFactId())
                .doesNotHaveDuplicates();
    }
}
