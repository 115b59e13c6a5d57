package io.headwater.command.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.Kills;
import io.headwater.command.LeadInvariants;
import io.headwater.command.RunningDecider;
import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.state.StateException;
import io.headwater.events.lead.FactRecorded;
import io.headwater.schema.Topics;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The stores of the lead decider are destroyed and made anew from its events; it then decides as
/// if nothing had been.
@SuppressWarnings("NullAway.Init")
class LeadStateIT {

    private static RunningDecider decider;

    @BeforeAll
    static void start() {
        decider =
                new RunningDecider(
                        LeadHistory.of(
                                TestSchemas.ids(), Duration.ofHours(24), TestVaultKeys.names()));
    }

    @AfterAll
    static void end() {
        decider.close();
    }

    @Test
    void destroyedStoresComeBackFromTheEventsWhateverDiesMeanwhile() throws Exception {
        // given
        var before = DecidedBefore.by(decider);
        assertThat(decider.audit().differences()).isEmpty();
        var rebuild = RebuildProcess.rebuild(decider.bootstrap(), decider.work());
        assertThatThrownBy(rebuild::run)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("the lead decider runs");
        decider.stop();
        new StateLoss(decider).destroyStores();
        assertThat(decider.audit().differences())
                .containsEntry("entities " + before.lead(), "in the events, but not in the store")
                .containsValue("differs in lead_id");
        new KilledRebuild(decider).again(new Kills("LeadStateIT"));
        // waits for its stores by itself: else the rebuild would be refused
        decider.start();

        // when
        var outcome = rebuild.run();

        // then
        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.results()).isGreaterThan(15);
        assertThat(decider.audit().differences()).isEmpty();
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
        var before = DecidedBefore.by(decider);
        decider.stop();
        new StateLoss(decider).forgetCommandsAndResults();

        // when
        var outcome = RebuildProcess.rebuild(decider.bootstrap(), decider.work()).run();
        decider.start();

        // then
        assertThat(outcome.results()).isZero();
        before.requireRemembered("from events alone");
        before.requireRules();
        assertThat(decider.audit().differences()).isEmpty();
        requireWholeLog();
    }

    private static void requireWholeLog() {
        new LeadInvariants(decider.log()).requireWholeSequences();
        assertThat(decider.log().values(Topics.LEAD_EVENTS.name(), FactRecorded.class))
                .extracting(event -> event.getFact().getFactId())
                .doesNotHaveDuplicates();
    }
}
