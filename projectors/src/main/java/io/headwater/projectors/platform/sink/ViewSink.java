package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.vault.AbsentKeyException;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the view records of one generation to Postgres, exactly once.
///
/// Rows and position go in one transaction, guard first; positions live in Postgres only. A claim
/// on a partition bumps its epoch, so a former owner that wakes up writes nothing. While Postgres
/// is away the sink keeps polling with its partitions paused and claims them anew afterwards:
/// whether the last commit arrived is then read, not guessed.
///
/// read = applied + parked + skipped
public final class ViewSink implements AutoCloseable {

    private static final long LONG_AGO_NANOS = Duration.ofDays(1).toNanos();
    private static final Logger log = LoggerFactory.getLogger(ViewSink.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_PAUSED = Duration.ofMillis(50);
    private static final long BATCH_BYTES = 16L << 20;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final long BEAT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Projection projection;
    private final Generation generation;
    private final ProjectorSettings settings;
    private final PersonalKeys personal;
    private final BooleanSupplier stopsOnPoison;
    private final SinkConnections connections;
    private final Deserializer<SpecificRecord> deserializer;
    private final Thread thread;
    private final Claims claims = new Claims();
    private final BackOff backOff;
    private final Gathering gathering;
    private final SinkStanding standing;
    private Set<String> parkedKeys = new HashSet<>();
    private long lastBeat = System.nanoTime();
    private long lastDrain = System.nanoTime() - LONG_AGO_NANOS;
    private @Nullable SinkWriter writer;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean closing;

    /// @param personal opens what the tables show in the clear
    /// @param stopsOnPoison whether a row that cannot be written stops it, instead of being parked
    ///   while the others go on; asked when there is one
    public ViewSink(
            Projection projection,
            Generation generation,
            ProjectorSettings settings,
            SchemaIds ids,
            PersonalKeys personal,
            BooleanSupplier stopsOnPoison) {
        this.projection = projection;
        this.generation = generation;
        this.settings = settings;
        this.personal = personal;
        this.stopsOnPoison = stopsOnPoison;
        connections = new SinkConnections(settings.postgres());
        deserializer = new AvroSerde<SpecificRecord>(ids);
        backOff = new BackOff(settings.sink().maxBackOff());
        gathering = new Gathering(settings.sink().batchSize(), BATCH_BYTES);
        standing = new SinkStanding(generation);
        thread = Thread.ofPlatform().name("sink-" + generation).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public SinkStatus status() {
        return standing.status();
    }

    @Override
    public void close() {
        closing = true;
        var open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(STOP_LIMIT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing && !standing.isStopped()) {
            try (var opened =
                    new KafkaConsumer<byte[], byte[]>(SinkSettings.of(settings, generation))) {
                consumer = opened;
                consume(opened);
            } catch (WakeupException stopped) {
                log.atDebug().addKeyValue("projection", generation).log("sink woken to stop");
            } catch (OffsetOutOfRangeException lost) {
                standing.stop(
                        "the view topic no longer has the position of the tables: "
                                + lost.getMessage());
            } catch (KafkaException failure) {
                standing.waiting("Kafka: " + failure.getMessage(), failure);
                backOff.await(() -> closing);
            } catch (RuntimeException bug) {
                log.atError()
                        .setCause(bug)
                        .addKeyValue("projection", generation)
                        .log("sink failed");
                standing.stop(bug.getClass().getSimpleName() + ": " + bug.getMessage());
            } finally {
                consumer = null;
                disconnect();
                claims.clear();
            }
        }
    }

    private void consume(Consumer<byte[], byte[]> consumer) {
        subscribe(consumer);
        while (!closing && !standing.isStopped()) {
            claimAssigned(consumer);
            var wait = claims.areComplete() ? POLL : POLL_PAUSED;
            var records = gathering.poll(consumer, wait, claims.partitions());
            try {
                drain(consumer);
                if (!records.isEmpty()) {
                    write(consumer, records);
                } else if (System.nanoTime() - lastBeat > BEAT_NANOS) {
                    beat(consumer);
                }
            } catch (FencedException fenced) {
                letGo(consumer, fenced);
            } catch (RetriableException
                    | SQLException
                    | VaultUnavailableException
                    | VaultRefusedException
                    | AbsentKeyException away) {
                // A schema that is not cached and a registry that is away, Postgres, the vault, or
                // a
                // key that it has lost: restored, this goes on by itself.
                unclaim(consumer, away);
            } catch (UnparkableException refused) {
                standing.stop(
                        "a record can neither be written nor parked: " + refused.getMessage());
            }
        }
    }

    private void subscribe(Consumer<byte[], byte[]> consumer) {
        consumer.subscribe(
                List.of(generation.viewTopic(), generation.deadLetterTopic()),
                new ConsumerRebalanceListener() {
                    @Override
                    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                        consumer.pause(assigned);
                        // A consumer without a position throws; the claim sets the real one.
                        assigned.forEach(partition -> consumer.seek(partition, 0));
                        claims.assigned(assigned);
                        if (claims.areComplete()) {
                            standing.running(
                                    0); // other instances own all of them: waits for its turn
                        }
                    }

                    @Override
                    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                        claims.revoked(revoked);
                        // Also called when it lets go and when it stops: then the reason stands.
                        if (standing.isRunning()) {
                            standing.running(claims.size());
                        }
                    }
                });
    }

    /// Before anything is read: the position is where the tables are.
    private void claimAssigned(Consumer<byte[], byte[]> consumer) {
        if (claims.areComplete() || !backOff.isOver()) {
            return;
        }
        try {
            var open = writer;
            if (open == null) {
                open =
                        new SinkWriter(
                                connections.open(),
                                generation,
                                projection.rows(),
                                settings.instance());
                writer = open;
            }
            var missing = claims.missing();
            var first = consumer.beginningOffsets(missing);
            for (var partition : missing) {
                Claim claim =
                        open.claim(
                                partition.topic(),
                                partition.partition(),
                                first.getOrDefault(partition, 0L));
                claims.add(claim);
                consumer.seek(partition, claim.next());
                consumer.resume(List.of(partition));
            }
            parkedKeys = open.parkedKeys();
            standing.running(claims.size());
            log.atInfo()
                    .addKeyValue("projection", generation)
                    .addKeyValue("partitions", claims.size())
                    .log("sink owns its partitions");
        } catch (SQLException away) {
            unclaim(consumer, away);
        }
    }

    private void write(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records)
            throws SQLException, FencedException {
        var batch = Batch.of(records, generation.viewTopic(), parkedKeys, deserializer);
        batch.open(personal);
        List<Move> moves = new ArrayList<>(claims.size());
        for (var partition : records.partitions()) {
            Claim claim = claims.of(partition);
            long to = consumer.position(partition);
            moves.add(batch.move(claim, to, end(consumer, partition, to)));
        }
        var poison = required(writer).write(batch, moves);
        goesOn();
        moves.forEach(claims::moved);
        batch.parked().forEach(parked -> parkedKeys.add(parked.key()));
        poison.forEach(parked -> parkedKeys.add(parked.key()));
        if (!poison.isEmpty()) {
            log.atError()
                    .addKeyValue("projection", generation)
                    .addKeyValue("parked", poison.size())
                    .addKeyValue("first", poison.getFirst().error())
                    .log("rows parked");
        }
        Stream.concat(poison.stream(), batch.parked().stream())
                .findFirst()
                .filter(_ -> stopsOnPoison.getAsBoolean())
                .ifPresent(row ->
                        standing.stop(
                                "the row %s cannot be written: %s %s"
                                        .formatted(row.key(), row.state(), row.error())));
        if (parkedKeys.size() > settings.sink().maxParkedKeys()) {
            standing.stop(
                    parkedKeys.size()
                            + " keys are parked, more than headwater.sink.max-parked-keys");
        }
    }

    /// What is parked is tried again: whoever mended the table need not tell. The last attempt was
    /// long ago when none was yet.
    private void drain(Consumer<byte[], byte[]> consumer) throws SQLException, FencedException {
        long now = System.nanoTime();
        if (parkedKeys.isEmpty() || now - lastDrain < settings.sink().drainEvery().toNanos()) {
            return;
        }
        lastDrain = now;
        for (var claim : claims.all()) {
            if (!claim.topic().equals(generation.viewTopic())) {
                continue;
            }
            var drained =
                    required(writer)
                            .drain(
                                    new Move(
                                            claim,
                                            claim.next(),
                                            end(consumer, claim.partition(), claim.next()),
                                            0,
                                            0,
                                            0),
                                    deserializer,
                                    personal);
            parkedKeys.removeAll(drained);
            if (!drained.isEmpty()) {
                log.atInfo()
                        .addKeyValue("projection", generation)
                        .addKeyValue("keys", drained.size())
                        .log("parked rows drained");
            }
        }
    }

    /// Positions move over markers of transactions, ends and heartbeats are renewed.
    private void beat(Consumer<byte[], byte[]> consumer) throws SQLException, FencedException {
        lastBeat = System.nanoTime();
        if (claims.isEmpty()) {
            return;
        }
        List<Move> moves = new ArrayList<>(claims.size());
        for (var claim : claims.all()) {
            var partition = claim.partition();
            long to = consumer.position(partition);
            moves.add(new Move(claim, to, end(consumer, partition, to), 0, 0, 0));
        }
        required(writer).move(moves);
        goesOn();
        moves.forEach(claims::moved);
    }

    /// Claiming is not enough: what is away may be needed by the rows only, and then every attempt
    /// would be as soon, and as loud, as the first.
    private void goesOn() {
        backOff.reset();
        standing.goesOn();
    }

    /// Somebody else owns our partitions: a zombie learns it here and joins the group anew.
    private void letGo(Consumer<byte[], byte[]> consumer, FencedException fenced) {
        standing.waiting("another owner claimed the partitions: " + fenced.getMessage(), fenced);
        consumer.unsubscribe();
        claims.clear();
        backOff.failed();
        subscribe(consumer);
    }

    private void unclaim(Consumer<byte[], byte[]> consumer, Exception away) {
        standing.waiting(SqlErrors.summary(away), away);
        disconnect();
        claims.lose();
        consumer.pause(claims.missing());
        backOff.failed();
    }

    private void disconnect() {
        var open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                log.atDebug().setCause(gone).log("connection was gone");
            }
        }
    }

    private static long end(Consumer<byte[], byte[]> consumer, TopicPartition partition, long to) {
        return to + consumer.currentLag(partition).orElse(0);
    }

    private static <T> T required(@Nullable T open) {
        if (open == null) {
            throw new IllegalStateException("claims without a connection");
        }
        return open;
    }
}
