package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {

    private static final String IN_SYNC = "min.insync.replicas";

    @Test
    void withThreeCopiesTwoAcknowledge() {
        for (var topic : Topics.all()) {
            assertThat(topic.toNewTopic(4, (short) 3).configs())
                    .as(topic.name())
                    .containsEntry(IN_SYNC, "2")
                    .containsAllEntriesOf(topic.configs());
        }
    }

    @Test
    void withFewerNoneCouldBeAway() {
        assertThat(Topics.LEAD_EVENTS.toNewTopic(4, (short) 1).configs())
                .doesNotContainKey(IN_SYNC);
        assertThat(Topics.LEAD_EVENTS.toNewTopic(4, (short) -1).configs())
                .doesNotContainKey(IN_SYNC);
    }
}
