package io.headwater.archive;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The records of consecutive ranges, one range in memory at a time.
public final class RecordStream implements Iterator<ConsumerRecord<byte[], byte[]>> {

    private final ArchiveReader reader;
    private final Iterator<Range> ranges;
    private final long from;
    private final long end;
    private final Consumer<Range> skipped;
    private Iterator<ConsumerRecord<byte[], byte[]>> records =
            List.<ConsumerRecord<byte[], byte[]>>of().iterator();

    RecordStream(ArchiveReader reader, List<Range> ranges, long from, Consumer<Range> skipped) {
        this.reader = reader;
        this.ranges = ranges.iterator();
        this.from = from;
        this.end = ranges.isEmpty() ? from : ranges.getLast().manifest().next();
        this.skipped = skipped;
    }

    /// The offset behind the last archived one when this stream was opened: where Kafka goes on.
    /// `from` when nothing is archived there.
    public long end() {
        return Math.max(from, end);
    }

    @Override
    public boolean hasNext() {
        while (!records.hasNext() && ranges.hasNext()) {
            var range = ranges.next();
            if (range.isGone() && range.manifest().next() > from) {
                skipped.accept(range);
            }
            if (range.manifest().next() > from) {
                records =
                        reader.records(range).stream()
                                .filter(record -> record.offset() >= from)
                                .iterator();
            }
        }
        return records.hasNext();
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return records.next();
    }
}
