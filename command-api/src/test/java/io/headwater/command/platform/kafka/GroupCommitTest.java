package io.headwater.command.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupCommitTest {

    /// Turns down every transaction with such a record in it.
    private static final String BAD = "bad";

    private boolean unresolvable;
    private final Deque<Faulty> made = new ArrayDeque<>();
    private final GroupCommit commits =
            new GroupCommit(() -> {
                if (unresolvable) {
                    throw new KafkaException("Failed to construct kafka producer");
                }
                var producer = new Faulty();
                made.add(producer);
                return producer;
            });
    private @Nullable RuntimeException fault;
    private Runnable whileCommitting = () -> {};

    /// Fails a commit while [#fault] is set, or because of a bad record.
    private final class Faulty extends MockProducer<byte[], byte[]> {
        private final List<String> written = new ArrayList<>();

        Faulty() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void commitTransaction() {
            var values =
                    uncommittedRecords().stream()
                            .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                            .toList();
            whileCommitting.run();
            if (fault != null) {
                throw fault;
            }
            if (values.contains(BAD)) {
                throw new KafkaException("in an error state", new RecordTooLargeException("1 MB"));
            }
            super.commitTransaction();
            written.addAll(values);
        }
    }

    private static List<Append> group(String... values) {
        return Stream.of(values)
                .map(value ->
                        new Append(
                                List.of(
                                        new ProducerRecord<>(
                                                "topic", value.getBytes(StandardCharsets.UTF_8))),
                                new CompletableFuture<>()))
                .toList();
    }

    private static List<Boolean> confirmed(List<Append> group) {
        return group.stream().map(append -> !append.done().isCompletedExceptionally()).toList();
    }

    @Test
    void recordThatIsTurnedDownFailsAlone() {
        commits.open();
        var group = group("one", BAD, "two");

        commits.write(group);

        assertThat(confirmed(group)).containsExactly(true, false, true);
        assertThat(commits.ready()).isTrue();
        assertThat(made).hasSize(1);
        assertThat(made.getFirst().written).containsExactly("one", "two");
    }

    @Test
    void whoGaveUpMeanwhileIsNotTriedAlone() {
        commits.open();
        var group = group("one", BAD, "two");
        whileCommitting = () -> group.getLast().fail("gave up", null);

        commits.write(group);

        assertThat(made.getFirst().written).containsExactly("one");
        assertThat(confirmed(group)).containsExactly(true, false, false);
    }

    @Test
    void withoutABrokersAddressTheLogIsAway() {
        unresolvable = true;
        assertThat(commits.open()).isFalse();

        unresolvable = false;
        assertThat(commits.open()).isTrue();
    }

    static List<RuntimeException> faultsOfTheLog() {
        return List.of(
                new KafkaException("in an error state", new TransactionAbortableException("away")),
                new KafkaException("in an error state", new TimeoutException("expired")),
                new TimeoutException("no answer to the commit"),
                new ProducerFencedException("newer"),
                new IllegalStateException("closed"));
    }

    /// Aborting succeeds here, as it may without a broker.
    @ParameterizedTest
    @MethodSource("faultsOfTheLog")
    void faultOfTheLogReplacesTheProducer(RuntimeException cause) {
        commits.open();
        fault = cause;
        var group = group("one", "two");

        commits.write(group);

        assertThat(confirmed(group)).containsExactly(false, false);
        assertThat(commits.ready()).isFalse();
        assertThat(made.getFirst().closed()).isTrue();

        fault = null;
        assertThat(commits.open()).isTrue();
        var repeated = group("one", "two");
        commits.write(repeated);
        assertThat(confirmed(repeated)).containsExactly(true, true);
        assertThat(made.getLast().written).containsExactly("one", "two");
    }
}
