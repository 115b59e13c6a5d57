package io.headwater.jobs.replay;

import io.headwater.jobs.platform.s3.ObjectStore;
import io.headwater.schema.AvroSerde.SchemaUnavailableException;
import io.headwater.schema.Topics;
import io.headwater.vault.AbsentKeyException;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a batch, writes its objects, commits, again: the life of one consumer.
///
/// While objects are being written the consumer is paused and still polled, so that the group keeps
/// it however long the object store is away. A partition that is taken away in the meantime is
/// dropped only after the puts under way have ended: the next owner never writes at the same time.
/// Only a process that was frozen in the middle of a put for longer than the group waits (45 s)
/// could still finish it after the next owner wrote; a put is given up long before that
/// (`call-limit`).
final class ArchiveLoop implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(ArchiveLoop.class);

    /// Of a batch in memory; its objects take about as much again.
    private static final long MAX_BYTES = 16L << 20;

    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration PROBE_WHEN_UP = Duration.ofSeconds(60);
    private static final Duration PROBE_WHEN_DOWN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(250);

    private final Consumer<String, byte[]> consumer;
    private final ObjectStore store;
    private final TrackingDecoder decoder;
    private final Erased erased;
    private final ArchiveSettings settings;
    private final ArchiveMetrics metrics;
    private final ArchivePulse pulse;
    private final CountDownLatch stop;
    private ArchiveBatch batch = new ArchiveBatch();
    private boolean writing;
    private boolean prepared;
    private boolean failed;
    private long nextProbe = System.nanoTime();
    private PutRound round;

    ArchiveLoop(
            Consumer<String, byte[]> consumer,
            ObjectStore store,
            TrackingDecoder decoder,
            Erased erased,
            ArchiveSettings settings,
            ArchiveMetrics metrics,
            ArchivePulse pulse,
            CountDownLatch stop) {
        this.consumer = consumer;
        this.store = store;
        this.decoder = decoder;
        this.erased = erased;
        this.settings = settings;
        this.metrics = metrics;
        this.pulse = pulse;
        this.stop = stop;
        this.round = PutRound.start(store, 1, List.of());
    }

    /// Until told to stop.
    ///
    /// @throws org.apache.kafka.common.KafkaException when this consumer cannot go on
    void run() {
        consumer.subscribe(List.of(Topics.TRACKING_EVENTS.name()), this);
        try {
            while (!stopped()) {
                collect();
                if (!batch.isEmpty()) {
                    write();
                }
            }
        } finally {
            round.cancel();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (writing) {
            consumer.pause(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            round.cancel();
            batch.drop(partitions);
        }
    }

    private void collect() {
        long lingerEnds = Long.MAX_VALUE;
        while (!stopped() && batch.size() < settings.maxRecords() && batch.bytes() < MAX_BYTES) {
            long left = lingerEnds == Long.MAX_VALUE ? 0 : lingerEnds - System.nanoTime();
            if (!batch.isEmpty() && left <= 0) {
                return;
            }
            var wait = batch.isEmpty() ? IDLE_POLL : Duration.ofNanos(left);
            batch.add(consumer.poll(wait.compareTo(IDLE_POLL) < 0 ? wait : IDLE_POLL));
            pulse.beat();
            if (batch.isEmpty()) {
                lingerEnds = Long.MAX_VALUE;
                probe();
            } else if (lingerEnds == Long.MAX_VALUE) {
                lingerEnds = System.nanoTime() + settings.linger().toNanos();
            }
        }
    }

    /// So that `/health` is right about the store while there is nothing to write.
    private void probe() {
        if (System.nanoTime() - nextProbe >= 0) {
            prepare();
        }
    }

    private void write() {
        writing = true;
        consumer.pause(consumer.assignment());
        var decoded = decode();
        var unwritten = decoded;
        var backoff = settings.shortestBackoff();
        while (!stopped() && !unwritten.isEmpty()) {
            failed = false;
            unwritten = attempt(unwritten);
            if (failed && !unwritten.isEmpty() && !stopped()) {
                pulse.waiting(unwritten.size());
                stayInGroup(backoff);
                backoff = longer(backoff);
            }
        }
        if (stopped()) {
            return;
        }
        commit();
        pulse.committed();
        count(decoded);
        batch = new ArchiveBatch();
        writing = false;
        consumer.resume(consumer.assignment());
    }

    private List<ArchiveObject> decode() {
        var backoff = settings.shortestBackoff();
        while (!stopped()) {
            try {
                return decoder.decode(batch.all());
            } catch (SchemaUnavailableException
                    | VaultUnavailableException
                    | VaultRefusedException
                    | AbsentKeyException away) {
                pulse.waiting(batch.size());
                log.atWarn()
                        .addKeyValue("cause", away.getMessage())
                        .log("waiting for a schema or a key");
                stayInGroup(backoff);
                backoff = longer(backoff);
            }
        }
        return List.of();
    }

    /// @return what is still to be written; partitions taken away are no longer ours to write
    private List<ArchiveObject> attempt(List<ArchiveObject> objects) {
        if (!prepared && !prepare()) {
            failed = true;
            return objects;
        }
        var mine = objects.stream().filter(object -> batch.holds(object.partition())).toList();
        List<ArchiveObject> wanted;
        try {
            wanted = erased.without(mine);
        } catch (VaultUnavailableException away) {
            failed = true;
            log.atWarn().addKeyValue("cause", away.getMessage()).log("waiting for the vault");
            return mine;
        }
        metrics.objectsErased.increment(mine.size() - wanted.size());
        round = PutRound.start(store, settings.parallelPuts(), wanted);
        while (!round.await(BETWEEN_POLLS)) {
            poll();
        }
        var unwritten = round.unwritten();
        metrics.objectsWritten.increment(wanted.size() - unwritten.size());
        var cause = round.cause();
        if (cause != null) {
            failed = true;
            prepared = false;
            metrics.putsFailed.increment(unwritten.size());
            log.atWarn()
                    .addKeyValue("unwritten", unwritten.size())
                    .addKeyValue("cause", cause.toString())
                    .log("objects not written, trying again");
        }
        return unwritten.stream().filter(object -> batch.holds(object.partition())).toList();
    }

    private boolean prepare() {
        try {
            store.prepare();
            prepared = true;
        } catch (IOException away) {
            prepared = false;
            log.atWarn().addKeyValue("cause", away.getMessage()).log("object store away");
        }
        nextProbe = System.nanoTime() + (prepared ? PROBE_WHEN_UP : PROBE_WHEN_DOWN).toNanos();
        return prepared;
    }

    private void commit() {
        while (!stopped() && !batch.isEmpty()) {
            try {
                consumer.commitSync(batch.next());
                return;
            } catch (RebalanceInProgressException | TimeoutException later) {
                log.atInfo().addKeyValue("cause", later.getMessage()).log("commit is repeated");
                poll();
            }
        }
    }

    private void stayInGroup(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        while (!stopped() && System.nanoTime() < until) {
            poll();
            var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            pause(left.compareTo(BETWEEN_POLLS) < 0 ? left : BETWEEN_POLLS);
        }
    }

    /// For the group's sake only: everything is paused.
    private void poll() {
        var unexpected = consumer.poll(Duration.ZERO);
        pulse.beat();
        for (var partition : unexpected.partitions()) {
            consumer.seek(partition, unexpected.records(partition).getFirst().offset());
        }
    }

    private void count(List<ArchiveObject> decoded) {
        var mine = decoded.stream().filter(object -> batch.holds(object.partition())).toList();
        long parked = mine.stream().filter(ArchiveObject::parked).count();
        metrics.recordsRead.increment(batch.size());
        metrics.recordsParked.increment(parked);
        metrics.recordsArchived.increment(batch.size() - parked);
        metrics.eventsArchived.increment(mine.stream().mapToInt(ArchiveObject::events).sum());
    }

    private Duration longer(Duration backoff) {
        var doubled = backoff.multipliedBy(2);
        return doubled.compareTo(settings.longestBackoff()) < 0
                ? doubled
                : settings.longestBackoff();
    }

    private boolean stopped() {
        return stop.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    private void pause(Duration wait) {
        try {
            boolean told = stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            log.atTrace().addKeyValue("stopped", told).log("waited");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
