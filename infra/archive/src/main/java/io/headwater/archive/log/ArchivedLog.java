package io.headwater.archive.log;

import io.headwater.archive.ArchiveException;
import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveStart;
import io.headwater.archive.Gone;
import io.headwater.archive.RecordStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The archive as far as it goes, then the topics: also what retention took from them.
///
/// The hand-over is at the offset behind the last archived one. Where both have the last archived
/// record, it must be the same; a topic that begins behind the archive's end has a gap, and one
/// that ends before it is of another log.
///
/// What the archive kept for its time only and the topic has still is read from the topic.
public final class ArchivedLog implements SourceLog {

    private static final Logger log = LoggerFactory.getLogger(ArchivedLog.class);
    private static final int MOST = 2_000;
    private static final String NEVER = "gone from the topic before anything was archived";

    private final ArchiveReader archive;
    private final SourceLog kafka;

    /// @param kafka reads the topics
    public ArchivedLog(ArchiveReader archive, SourceLog kafka) {
        this.archive = archive;
        this.kafka = kafka;
    }

    /// @throws KafkaException when archive and topic do not fit together, or the archive cannot be
    ///   read
    @Override
    public Map<TopicPartition, Range> ranges(Collection<String> topics)
            throws ExecutionException, InterruptedException {
        var ranges = new HashMap<>(kafka.ranges(topics));
        ranges.replaceAll(this::withArchive);
        return ranges;
    }

    /// @throws KafkaException when archive and topic do not fit together, or the archive cannot be
    ///   read
    @Override
    public Cursor open(TopicPartition partition, Range range) {
        long handOver = handOver(partition, range);
        if (handOver <= range.first()) {
            return kafka.open(partition, range);
        }
        compareLast(partition);
        var records =
                asKafka(() ->
                        archive.read(
                                partition,
                                range.first(),
                                gone ->
                                        log.atWarn()
                                                .addKeyValue("partition", partition)
                                                .addKeyValue("first", gone.manifest().first())
                                                .addKeyValue("last", gone.manifest().last())
                                                .addKeyValue("reason", gone.reason())
                                                .log("these events are not archived any more")));
        return new Reader(partition, range, handOver, records);
    }

    /// @return offset at which reading goes over from the archive to the topic; the first one when
    ///   it is the topic alone
    /// @throws KafkaException when the archive cannot be read
    public long handOver(TopicPartition partition, Range range) {
        long archived = asKafka(() -> archive.end(partition)).next();
        return archived <= range.first() || range.first() < kept(partition)
                ? range.first()
                : Math.min(archived, range.end());
    }

    /// What cannot be read any more of a range: neither has it.
    ///
    /// @param range as [#ranges] gave it
    /// @return in the order of offsets
    /// @throws KafkaException when the archive cannot be read
    public List<Gone> gone(TopicPartition partition, Range range) {
        return asKafka(() -> {
            var start = archive.start(partition).orElse(null);
            var gone = new ArrayList<Gone>();
            if (range.first() > 0) {
                String reason = start == null || !start.isCut() ? NEVER : start.reason();
                gone.add(new Gone(0, range.first() - 1, reason));
            }
            if (start != null && range.first() >= start.kept()) {
                gone.addAll(
                        Gone.among(
                                archive.ranges(partition, range.first()).stream()
                                        .filter(one -> one.manifest().next() > range.first())
                                        .toList()));
            }
            return gone;
        });
    }

    /// Where both have something, what is read is what reaches further back.
    private Range withArchive(TopicPartition partition, Range live) {
        var start = asKafka(() -> archive.start(partition)).orElse(null);
        if (start == null) {
            return live;
        }
        long archived = asKafka(() -> archive.end(partition)).next();
        if (archived < live.first()) {
            throw new KafkaException(
                    "the archive of %s ends at offset %d and the topic begins at %d: the events between are in neither"
                            .formatted(partition, archived, live.first()));
        }
        if (archived > live.end()) {
            throw new KafkaException(
                    "the archive of %s ends at offset %d and the topic at %d: it is the archive of another log"
                            .formatted(partition, archived, live.end()));
        }
        var range = new Range(Math.min(start.kept(), live.first()), live.end());
        if (start.isCut() && range.first() > start.first()) {
            log.atWarn()
                    .addKeyValue("partition", partition)
                    .addKeyValue("first", range.first())
                    .addKeyValue("reason", start.reason())
                    .log("the log begins at this offset: nobody has the events before it any more");
        }
        return range;
    }

    private long kept(TopicPartition partition) {
        return asKafka(() -> archive.start(partition)).map(ArchiveStart::kept).orElse(0L);
    }

    private void compareLast(TopicPartition partition) {
        var last = lastRecord(partition);
        if (last == null) {
            return;
        }
        try {
            var live = kafka.ranges(Set.of(partition.topic())).get(partition);
            if (live == null || live.first() > last.offset()) {
                return;
            }
            try (var cursor = kafka.open(partition, new Range(last.offset(), last.offset() + 1))) {
                var found = cursor.poll();
                while (found.isEmpty() && !cursor.isAtEnd()) {
                    found = cursor.poll();
                }
                if (found.isEmpty() || !isSame(last, found.getFirst())) {
                    throw new KafkaException(
                            "offset %d of %s is another record in the topic than in the archive: it is the archive of another log"
                                    .formatted(last.offset(), partition));
                }
            }
        } catch (ExecutionException away) {
            throw new KafkaException("the bounds of " + partition + " are not known", away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", interrupted);
        }
    }

    private @Nullable ConsumerRecord<byte[], byte[]> lastRecord(TopicPartition partition) {
        return asKafka(() -> {
            var ranges = archive.ranges(partition, archive.end(partition).next() - 1);
            var records =
                    ranges.isEmpty()
                            ? List.<ConsumerRecord<byte[], byte[]>>of()
                            : archive.records(ranges.getLast());
            return records.isEmpty() ? null : records.getLast();
        });
    }

    private static boolean isSame(
            ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
        return one.offset() == other.offset()
                && one.timestamp() == other.timestamp()
                && Arrays.equals(one.key(), other.key())
                && Arrays.equals(one.value(), other.value());
    }

    private static <T extends @Nullable Object> T asKafka(Question<T> question) {
        try {
            return question.ask();
        } catch (ArchiveException unreadable) {
            throw new KafkaException(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private interface Question<T extends @Nullable Object> {
        T ask();
    }

    private final class Reader implements Cursor {

        private final TopicPartition partition;
        private final Range range;
        private final long handOver;
        private final RecordStream archived;
        private @Nullable Cursor live;
        private long position;

        Reader(TopicPartition partition, Range range, long handOver, RecordStream archived) {
            this.partition = partition;
            this.range = range;
            this.handOver = handOver;
            this.archived = archived;
            this.position = range.first();
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> poll() throws InterruptedException {
            if (isAtEnd()) {
                return List.of();
            }
            if (position < handOver) {
                return asKafka(this::pollArchive);
            }
            var topic = live;
            if (topic == null) {
                topic = kafka.open(partition, new Range(handOver, range.end()));
                live = topic;
            }
            var records = topic.poll();
            position = topic.position();
            return records;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean isAtEnd() {
            return position >= range.end();
        }

        @Override
        public void close() {
            if (live != null) {
                live.close();
            }
        }

        private List<ConsumerRecord<byte[], byte[]>> pollArchive() {
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (records.size() < MOST && archived.hasNext()) {
                var record = archived.next();
                if (record.offset() >= handOver) {
                    position = handOver;
                    return records;
                }
                records.add(record);
            }
            position = archived.hasNext() ? records.getLast().offset() + 1 : handOver;
            return records;
        }
    }
}
