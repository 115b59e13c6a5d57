package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class ProvisionerTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void waits_for_a_broker_that_has_not_heard_of_the_topic() throws Exception {
        var asked = new AtomicInteger();

        Provisioner.repeatWhileUnknown(
                () -> {
                    if (asked.incrementAndGet() < 3) {
                        throw new ExecutionException(new UnknownTopicOrPartitionException("new"));
                    }
                },
                LIMIT);

        assertThat(asked).hasValue(3);
    }

    @Test
    void gives_up_after_the_limit() {
        assertThatThrownBy(() ->
                        Provisioner.repeatWhileUnknown(
                                () -> {
                                    throw new ExecutionException(
                                            new UnknownTopicOrPartitionException("new"));
                                },
                                Duration.ZERO))
                .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void passes_on_every_other_refusal_at_once() {
        var asked = new AtomicInteger();

        assertThatThrownBy(() ->
                        Provisioner.repeatWhileUnknown(
                                () -> {
                                    asked.incrementAndGet();
                                    throw new ExecutionException(
                                            new TopicAuthorizationException("no"));
                                },
                                LIMIT))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void the_first_view_is_not_made_again_once_there_is_a_later_one() {
        var existing = Set.of("view.leads.g3", "view.leads.g3.dlt", "view.lead_volume.g1", "x");

        assertThat(Provisioner.isReplaced("view.leads.g1", existing)).isTrue();
        assertThat(Provisioner.isReplaced("view.sessions.g1", existing)).isFalse();
        assertThat(Provisioner.isReplaced("view.lead.g1", existing)).isFalse();
        assertThat(Provisioner.isReplaced("lead.events.v1", existing)).isFalse();
        assertThat(Provisioner.isReplaced("view.traffic.g1", Set.of("view.traffic.g2.dlt")))
                .isFalse();
    }
}
