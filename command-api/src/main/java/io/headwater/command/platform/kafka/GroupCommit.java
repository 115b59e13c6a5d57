package io.headwater.command.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes groups of requests, one transaction a group, through a producer that it replaces after
/// every fault that might leave it unusable. Belongs to one thread.
///
///     closed ──open()──► ready ──write()──► ready
///        ▲                          │
///        └──── fault (fenced, out of sequence, unknown commit) ────┘
///
/// A new producer with the same transactional id fences the old one and ends what it left open, so
/// nothing of a failed group can appear later in half.
final class GroupCommit implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;

    GroupCommit(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    boolean ready() {
        return producer != null;
    }

    /// @return whether it may write now; false: the broker is away, try again
    boolean open() {
        if (producer != null) {
            return true;
        }
        Producer<byte[], byte[]> fresh = null;
        try {
            // fails, too, when no name of the brokers can be resolved
            fresh = producers.get();
            fresh.initTransactions();
            producer = fresh;
            return true;
        } catch (KafkaException away) {
            log.atDebug().setCause(away).log("intake log not ready");
            if (fresh != null) {
                fresh.close(Duration.ZERO);
            }
            return false;
        }
    }

    /// Completes every append of the group, one way or the other.
    void write(List<Append> group) {
        var current = producer;
        if (current == null) {
            group.forEach(append -> append.fail("the log is away", null));
            return;
        }
        try {
            transact(current, group);
            group.forEach(Append::succeed);
        } catch (KafkaException | IllegalStateException fault) {
            if (!blamesARecord(fault)) {
                // Aborting may succeed without a broker; only a new producer tells whether it is
                // back.
                replace(current, fault);
            } else if (abort(current) && group.size() > 1) {
                // by now a caller may have been told that it was not written
                group.stream().filter(Append::awaited).forEach(one -> write(List.of(one)));
                return;
            }
            log.atWarn()
                    .addKeyValue("requests", group.size())
                    .addKeyValue("fault", rootOf(fault).toString())
                    .log("intake transaction failed");
            group.forEach(append -> append.fail("the log did not confirm", fault));
        }
    }

    private static void transact(Producer<byte[], byte[]> producer, List<Append> group) {
        producer.beginTransaction();
        for (var append : group) {
            for (var record : append.records()) {
                // a failed send fails the commit below
                var unused = producer.send(record);
            }
        }
        producer.commitTransaction();
    }

    /// @return whether the producer can go on
    private boolean abort(Producer<byte[], byte[]> current) {
        try {
            current.abortTransaction();
            return true;
        } catch (KafkaException | IllegalStateException fatal) {
            replace(current, fatal);
            return false;
        }
    }

    private void replace(Producer<byte[], byte[]> current, Exception fault) {
        log.atWarn().addKeyValue("fault", rootOf(fault).toString()).log("intake producer replaced");
        current.close(Duration.ZERO);
        producer = null;
    }

    /// The broker judged a record, not the log: then the others of the group deserve a try of their
    /// own. Whatever else fails says nothing of the records, even where the producer could go on
    /// after an abort: that may succeed with no broker at all, and an outage may show as an error
    /// of any kind.
    private static boolean blamesARecord(Throwable fault) {
        return switch (rootOf(fault)) {
            case RecordTooLargeException _,
                    RecordBatchTooLargeException _,
                    InvalidRecordException _,
                    InvalidTimestampException _,
                    InvalidTopicException _,
                    TopicAuthorizationException _ ->
                    true;
            default -> false;
        };
    }

    /// What the producer met, without what it says of its own state.
    private static Throwable rootOf(Throwable fault) {
        Throwable root = fault;
        // bounded: causes may form a ring
        for (int depth = 0;
                depth < 10 && root.getCause() instanceof KafkaException cause;
                depth++) {
            root = cause;
        }
        return root;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
            producer = null;
        }
    }
}
