package io.headwater.command.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.archive.log.SourceLog.Range;
import io.headwater.command.RunningDecider;
import io.headwater.command.TestArchive;
import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateException;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.CreateSite;
import io.headwater.events.access.CreateSource;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.Brokers;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sites and sources of which Kafka has the younger events only: their stores come from the archive
/// and go on in Kafka, and what was taken stays taken.
@SuppressWarnings("NullAway.Init")
class ArchivedAccessStateIT {

    private static final int SITES = 8;

    private RunningDecider decider;
    private TestArchive archive;

    @BeforeEach
    void start() {
        decider = new RunningDecider(AccessHistory.of(TestSchemas.ids(), TestVaultKeys.names()));
        archive =
                new TestArchive(decider.admin(), decider.bootstrap(), Topics.ACCESS_EVENTS.name());
    }

    @AfterEach
    void stop() {
        decider.close();
    }

    @Test
    void whatWasTakenStaysTakenAfterStoresAndOldEventsAreLost() throws Exception {
        // given
        sites("old");
        var archived = archive.write();
        sites("young");
        archive.cutTopic(middles(archived));
        decider.stop();
        var kafkaAlone = EventSource.kafka(Brokers.at(decider.bootstrap()));
        assertThatThrownBy(() -> decider.rebuild(kafkaAlone, System.out::println))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("Kafka does not have all events any more");
        var events = new EventSource(Brokers.at(decider.bootstrap()), archive.bucket, false);
        var before = decider.audit(events);
        assertThat(before.differences()).isEmpty();
        assertThat(before.events()).isEqualTo(3L * 2 * SITES);
        decider.loseState();
        assertThat(decider.audit(events).differences())
                .containsValue("in the events, but not in the store");

        // when
        var outcome = decider.rebuild(events, System.out::println);

        // then
        assertThat(outcome.broken()).isEmpty();
        assertThat(decider.audit(events).differences()).isEmpty();
        decider.start();
        for (String age : List.of("old", "young")) {
            String site = age + "-a";
            assertThat(ask(site, site(site, "another", age + "-key-3")).getCode())
                    .isEqualTo("site-key-taken");
            String source = age + "-b";
            assertThat(ask(source, source(source, age + "-5", age + "-source-3")).getCode())
                    .isEqualTo("source-exists");
        }
        assertThat(ask("free", site("free", "another", "free")).getAccepted()).isTrue();
        assertThat(decider.audit(events).differences()).isEmpty();
    }

    private void sites(String age) {
        for (int i = 0; i < SITES; i++) {
            String id = age + "-" + i;
            tell(site(id + "-site", id, age + "-key-" + i));
            tell(source(id + "-source", id, age + "-source-" + i));
            tell(block(id + "-ip", id, "198.51.100." + i));
        }
        for (int i = 0; i < SITES; i++) {
            String id = age + "-" + i;
            assertThat(List.of(id + "-site", id + "-source", id + "-ip"))
                    .allMatch(command -> decider.answer(command).getAccepted());
        }
    }

    private void tell(SpecificRecord command) {
        decider.tell(Topics.ACCESS_KEY, command);
    }

    private CommandResult ask(String id, SpecificRecord command) {
        return decider.ask(Topics.ACCESS_KEY, id, command);
    }

    private static SpecificRecord site(String command, String id, String key) {
        return new CreateSite(command, id, id, key, List.of(), Instant.now());
    }

    private static SpecificRecord source(String command, String site, String id) {
        return CreateSource.newBuilder()
                .setCommandId(command)
                .setSiteId(site)
                .setSourceId(id)
                .setName("Stripe")
                .setProvider("stripe")
                .setRequestedAt(Instant.now())
                .build();
    }

    private static SpecificRecord block(String command, String site, String ip) {
        return new BlockIp(
                command, site, PersonalData.of(ip), "test", null, "system", Instant.now());
    }

    /// Every site is under one key, so all of it is in one partition.
    private static Map<TopicPartition, Long> middles(Map<TopicPartition, Range> ranges) {
        var middles = new HashMap<TopicPartition, Long>();
        ranges.forEach((partition, range) -> {
            if (range.end() > 0) {
                middles.put(partition, range.end() / 2 + 1);
            }
        });
        assertThat(middles).hasSize(1);
        return middles;
    }
}
