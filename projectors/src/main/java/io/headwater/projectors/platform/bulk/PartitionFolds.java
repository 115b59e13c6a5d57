package io.headwater.projectors.platform.bulk;

import io.headwater.archive.log.SourceLog;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.lag.LiveLetters;
import io.headwater.schema.AvroSerde;
import io.headwater.streams.DeadLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/// Folds one partition after the other; [Leftovers] leaves what comes of each.
///
/// A partition whose state does not fit into memory is divided on disk, by what has to do with each
/// other, and folded group by group: so that memory is flat and no record is looked at more than
/// twice, however long the log.
final class PartitionFolds {

    /// Groups are not equal, a site is in one of them whole, and one that does not fit costs more
    /// than several that are small.
    private static final double SPARE = 3;

    private static final int MOST_GROUPS = 512;

    /// Of the memory: when so much is filled, it can be told whether the rest will fit.
    private static final double SAMPLE = 0.125;

    /// A partition so many times larger than what seems to fit is divided at once. Less may fit,
    /// since many records change what is there already.
    private static final double SURELY = 2;

    private static final int REPORT_RECORDS = 1_000;

    private final Projection projection;
    private final Generation generation;
    private final Backfill.Surroundings with;
    private final Map<TopicPartition, SourceLog.Range> ranges;
    private final Backfill.Report report;
    private final AvroSerde<SpecificRecord> serde;
    private final Pace pace;
    private final RowSums sums;
    private final Path folder;
    private final long memory;
    private final Leftovers leftovers;
    private final Set<String> letters = new HashSet<>();
    private final int partitions;

    /// Records whose state fills the memory, as far as known.
    private long fit = Long.MAX_VALUE;

    PartitionFolds(
            Projection projection,
            Generation generation,
            Backfill.Surroundings with,
            Connection connection,
            Seeds seeds,
            FreshTopics topics,
            Map<TopicPartition, SourceLog.Range> ranges,
            Backfill.Report report) {
        this.projection = projection;
        this.generation = generation;
        this.with = with;
        this.ranges = ranges;
        this.report = report;
        serde = new AvroSerde<>(with.ids());
        pace = new Pace(with.limit());
        sums = new RowSums(projection);
        folder = BoundedStores.folder(with.settings().stateDir());
        partitions =
                1 + ranges.keySet().stream().mapToInt(TopicPartition::partition).max().orElse(0);
        long most = with.bulk().memory().toBytes();
        // Buckets are few beside what they are made of.
        long memoryOfSums = sums.isEmpty() ? 0 : most / 4;
        memory = most - memoryOfSums;
        leftovers =
                new Leftovers(
                        generation,
                        with,
                        connection,
                        seeds,
                        topics,
                        sums,
                        serde,
                        memoryOfSums,
                        folder,
                        partitions);
    }

    void run() throws PoisonException, SQLException, ExecutionException, InterruptedException {
        try (leftovers) {
            for (int partition = 0; partition < partitions; partition++) {
                if (offsets(partition) > fit || !inMemory(partition)) {
                    try {
                        inGroups(partition);
                    } catch (IOException full) {
                        throw new UncheckedIOException(
                                "the records of partition %d cannot be divided in %s"
                                        .formatted(partition, folder),
                                full);
                    }
                }
            }
            leftovers.end();
        }
    }

    private List<TopicPartition> sources(int partition) {
        return projection.sources().stream()
                .map(topic -> new TopicPartition(topic, partition))
                .filter(ranges::containsKey)
                .toList();
    }

    private long offsets(int partition) {
        return sources(partition).stream()
                .mapToLong(source -> Objects.requireNonNull(ranges.get(source)).offsets())
                .sum();
    }

    private PartitionFold begin() {
        return new PartitionFold(projection, memory, folder, serde, sums);
    }

    /// @return false when it does not fit: then nothing was left of it
    private boolean inMemory(int partition)
            throws PoisonException, SQLException, ExecutionException, InterruptedException {
        long offsets = offsets(partition);
        long records = 0;
        long told = 0;
        try (var fold = begin()) {
            for (var source : sources(partition)) {
                var range = Objects.requireNonNull(ranges.get(source));
                try (var cursor = with.source().open(source, range)) {
                    long position = range.first();
                    while (!cursor.isAtEnd()) {
                        requireWanted();
                        var read = cursor.poll();
                        for (var record : read) {
                            fold(record, fold);
                            records++;
                            if (doesNotFit(fold, records, offsets)) {
                                report.read(-told, 0);
                                return false;
                            }
                        }
                        long passed = cursor.position() - position;
                        report.read(passed, read.isEmpty() ? 0 : read.getLast().timestamp());
                        told += passed;
                        pace.keep(passed);
                        position = cursor.position();
                    }
                }
            }
            leftovers.leave(partition, fold);
            return true;
        }
    }

    /// What is folded until it is known not to fit is folded again: so that is told early.
    ///
    /// @param records folded so far
    /// @param offsets of the whole partition
    private boolean doesNotFit(PartitionFold fold, long records, long offsets) {
        double filled = fold.filled();
        if (filled < SAMPLE) {
            return false;
        }
        double fits = records / filled;
        if (filled <= 1 && offsets <= SURELY * fits) {
            return false;
        }
        fit = Math.min(fit, Math.max(1, (long) fits));
        return true;
    }

    private void inGroups(int partition)
            throws PoisonException,
                    SQLException,
                    ExecutionException,
                    InterruptedException,
                    IOException {
        long offsets = offsets(partition);
        int groups = (int) Math.clamp((long) (SPARE * offsets / fit) + 1, 2, MOST_GROUPS);
        try (var records =
                new GroupedRecords(BoundedStores.own(folder), groups, projection::groupOf)) {
            divide(partition, records);
            long told = 0;
            for (int group = 0; group < groups; group++) {
                try (var fold = begin();
                        var reader = records.open(group)) {
                    told += fold(reader, fold);
                    leftovers.leave(partition, fold);
                }
            }
            // Markers of transactions and what was compacted away.
            report.read(offsets - told, 0);
        }
    }

    private void divide(int partition, GroupedRecords records)
            throws InterruptedException, IOException {
        for (var source : sources(partition)) {
            var range = Objects.requireNonNull(ranges.get(source));
            try (var cursor = with.source().open(source, range)) {
                long position = range.first();
                while (!cursor.isAtEnd()) {
                    requireWanted();
                    for (var record : cursor.poll()) {
                        records.add(record);
                    }
                    pace.keep(cursor.position() - position);
                    position = cursor.position();
                }
            }
        }
    }

    /// @return records
    private long fold(GroupedRecords.Reader reader, PartitionFold fold)
            throws PoisonException, ExecutionException, InterruptedException, IOException {
        long records = 0;
        int untold = 0;
        long newest = 0;
        for (var record = reader.next(); record != null; record = reader.next()) {
            fold(record, fold);
            fold.bound();
            records++;
            untold++;
            newest = Math.max(newest, record.timestamp());
            if (untold == REPORT_RECORDS) {
                report.read(untold, newest);
                pace.keep(untold);
                untold = 0;
                requireWanted();
            }
        }
        report.read(untold, newest);
        pace.keep(untold);
        return records;
    }

    private static void requireWanted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the backfill is given up");
        }
    }

    private void fold(ConsumerRecord<byte[], byte[]> record, PartitionFold fold)
            throws PoisonException, ExecutionException, InterruptedException {
        try {
            fold.fold(record);
        } catch (SerializationException undecodable) {
            dead(record, DeadLetters.DECODE, undecodable);
        } catch (RetriableException away) {
            throw away;
        } catch (RuntimeException unfoldable) {
            dead(record, DeadLetters.PROCESS, unfoldable);
        }
    }

    private void dead(ConsumerRecord<byte[], byte[]> record, String stage, RuntimeException failure)
            throws PoisonException, ExecutionException, InterruptedException {
        if (failure instanceof SerializationException
                && failure.getCause() instanceof RetriableException away) {
            throw away;
        }
        var letter = DeadLetters.letter(generation.deadLetterTopic(), record, stage, failure);
        var partition = new TopicPartition(record.topic(), record.partition());
        var live = with.known().foldedBy(projection.name(), partition, record.offset());
        if (live.isPresent()) {
            throw new PoisonException(
                    LiveLetters.reason(
                            live.get(),
                            partition,
                            record.offset(),
                            record.key(),
                            stage,
                            cause(letter)),
                    failure);
        }
        // Once, though what did not fit is folded again.
        if (letters.add(partition + "@" + record.offset())) {
            leftovers.send(letter);
        }
    }

    private static String cause(ProducerRecord<byte[], byte[]> letter) {
        return new String(
                letter.headers().lastHeader(DeadLetters.CAUSE).value(), StandardCharsets.UTF_8);
    }
}
