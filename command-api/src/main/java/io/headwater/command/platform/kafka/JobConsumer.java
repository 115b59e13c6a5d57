package io.headwater.command.platform.kafka;

import io.headwater.command.platform.health.HealthPart;
import io.headwater.schema.AvroSerde;
import io.headwater.streams.DeadLetters;
import io.headwater.streams.UnprocessableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Hands the jobs of a topic out, many at a time, and commits an offset when everything before it
/// is done.
///
/// What was done and not yet committed when an instance dies is done again. A job that nobody can
/// read or do is put aside, and is done when it is safe there: it holds up nobody and is not lost.
///
/// `jobs.read = jobs.applied + jobs.parked + jobs.skipped + jobs.open`: skipped are records without
/// a value; what an instance leaves open when it stops is read again.
final class JobConsumer implements SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(JobConsumer.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Jobs in memory; beyond it no more are read until half of them are done.
    private static final int MOST_OPEN = 2_000;

    /// Makes a consumer of this group.
    interface Consumers {
        Consumer<byte[], byte[]> of(String group);
    }

    private final TopicJobs jobs;
    private final AvroSerde<SpecificRecord> serde;
    private final Map<TopicPartition, JobProgress> progress = new ConcurrentHashMap<>();
    private final Producer<byte[], byte[]> letters;
    private final Counter read;
    private final Counter applied;
    private final Counter parked;
    private final Counter skipped;
    private final KeptConsumer reader;
    private volatile boolean connected;

    JobConsumer(
            TopicJobs jobs,
            AvroSerde<SpecificRecord> serde,
            Consumers consumers,
            Producer<byte[], byte[]> letters,
            MeterRegistry meters) {
        this.jobs = jobs;
        this.serde = serde;
        this.letters = letters;
        this.reader =
                new KeptConsumer(
                        "jobs-" + jobs.name(),
                        () -> consumers.of("command-api-" + jobs.name()),
                        this::read,
                        this::broken);
        this.read = meters.counter("jobs.read", "job", jobs.name());
        this.applied = meters.counter("jobs.applied", "job", jobs.name());
        this.parked = meters.counter("jobs.parked", "job", jobs.name());
        this.skipped = meters.counter("jobs.skipped", "job", jobs.name());
        meters.gauge("jobs.open", List.of(Tag.of("job", jobs.name())), this, JobConsumer::open);
    }

    private int open() {
        return progress.values().stream().mapToInt(JobProgress::open).sum();
    }

    private void broken(RuntimeException fault) {
        connected = false;
        log.atWarn()
                .addKeyValue("job", jobs.name())
                .addKeyValue("fault", fault.toString())
                .log("cannot read jobs, trying again");
    }

    private void read(Consumer<byte[], byte[]> from) {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                read(from, workers);
            } finally {
                // what is not done is begun again by whoever gets the partition next
                workers.shutdownNow();
            }
        }
    }

    private void read(Consumer<byte[], byte[]> from, ExecutorService workers) {
        progress.clear();
        from.subscribe(List.of(jobs.topic().name()), new Rebalance(from));
        while (reader.isRunning()) {
            var records = from.poll(POLL);
            connected = true;
            for (var record : records) {
                var partition = new TopicPartition(record.topic(), record.partition());
                var one =
                        progress.computeIfAbsent(partition, _ -> new JobProgress(record.offset()));
                one.begin(record.offset());
                read.increment();
                workers.execute(() -> work(record, one));
            }
            commit(from, from.assignment());
            int open = open();
            if (open > MOST_OPEN) {
                from.pause(from.assignment());
            } else if (open < MOST_OPEN / 2) {
                from.resume(from.paused());
            }
        }
        commit(from, from.assignment());
    }

    private void work(ConsumerRecord<byte[], byte[]> record, JobProgress partition) {
        try {
            while (!done(record)) {
                Thread.sleep(PAUSE);
            }
            partition.end(record.offset());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean done(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            SpecificRecord job = serde.deserialize(record.topic(), record.value());
            if (job == null) {
                skipped.increment();
                return true;
            }
            jobs.work(job);
            applied.increment();
            return true;
        } catch (UnprocessableException never) {
            return isParked(record, DeadLetters.PROCESS, never);
        } catch (RetriableException away) {
            return failed(away);
        } catch (SerializationException foreign) {
            // a schema that is not known yet is no fault of the record's
            return foreign.getCause() instanceof RetriableException
                    ? failed(foreign)
                    : isParked(record, DeadLetters.DECODE, foreign);
        } catch (RuntimeException fault) {
            return failed(fault);
        }
    }

    private boolean failed(RuntimeException fault) {
        log.atWarn()
                .addKeyValue("job", jobs.name())
                .addKeyValue("fault", fault.getClass().getName())
                .log("a job failed, trying again");
        return false;
    }

    /// @return whether it is safe there
    private boolean isParked(
            ConsumerRecord<byte[], byte[]> record, String stage, RuntimeException cause)
            throws InterruptedException {
        try {
            letters.send(DeadLetters.letter(jobs.deadLetters().name(), record, stage, cause)).get();
        } catch (ExecutionException | KafkaException away) {
            log.atWarn()
                    .addKeyValue("job", jobs.name())
                    .addKeyValue("fault", away.getClass().getName())
                    .log("a job cannot be put aside, trying again");
            return false;
        }
        parked.increment();
        log.atError()
                .addKeyValue("job", jobs.name())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("stage", stage)
                .log("a job that cannot be done is put aside");
        return true;
    }

    private void commit(Consumer<byte[], byte[]> from, Collection<TopicPartition> partitions) {
        var reached = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var one = progress.get(partition);
            if (one != null && one.isAhead()) {
                reached.put(partition, new OffsetAndMetadata(one.reached()));
            }
        }
        if (!reached.isEmpty()) {
            from.commitSync(reached);
            reached.forEach((partition, at) -> {
                var one = progress.get(partition);
                if (one != null) {
                    one.committed(at.offset());
                }
            });
        }
    }

    /// What another instance takes over, it begins where this one has committed.
    private final class Rebalance implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> from;

        Rebalance(Consumer<byte[], byte[]> from) {
            this.from = from;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit(from, partitions);
            partitions.forEach(progress::remove);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(progress::remove);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }

    @Override
    public String name() {
        return jobs.name();
    }

    @Override
    public boolean up() {
        return reader.isRunning() && connected;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public void stop() {
        reader.stop();
        letters.close(Duration.ofSeconds(5));
    }

    @Override
    public boolean isRunning() {
        return reader.isRunning();
    }
}
