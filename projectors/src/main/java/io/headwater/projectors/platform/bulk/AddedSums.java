package io.headwater.projectors.platform.bulk;

import io.headwater.schema.AvroSerde;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.util.FileSystemUtils;

/// What several partitions add to the same rows, added up over all of them. What does not fit into
/// memory is written to files, each in the order of its keys, which are read side by side at the
/// end: every row is written and read in one go, and none is looked up.
///
/// Filled by one thread at a time; then any number may read.
final class AddedSums implements AutoCloseable {

    /// Files read side by side; with one more they become one.
    private static final int MOST_RUNS = 32;

    private static final int BUFFER = 64 << 10;

    private final RowSums sums;
    private final AvroSerde<SpecificRecord> serde;
    private final long most;
    private final Path folder;
    private final Map<String, Sum> entries = new HashMap<>();
    private final List<Path> runs = new ArrayList<>();
    private int written;
    private long weight;

    /// @param most bytes of objects, estimated
    /// @param folder made when memory does not do, and deleted at the end
    AddedSums(RowSums sums, AvroSerde<SpecificRecord> serde, long most, Path folder) {
        this.sums = sums;
        this.serde = serde;
        this.most = most;
        this.folder = folder;
    }

    /// @param timestamp of the newest record that the row comes from, in milliseconds
    void add(String key, SpecificRecord row, long timestamp) {
        Sum before = entries.get(key);
        if (before == null) {
            entries.put(key, new Sum(key, row, timestamp));
            // Adding more to it does not make it larger.
            weight += Weight.ENTRY + Weight.of(key) + Weight.of(row);
        } else {
            entries.put(key, sum(before, new Sum(key, row, timestamp)));
        }
        if (weight > most) {
            spill();
        }
    }

    /// In the order of the keys, which begin with their tables.
    <E extends Exception> void forEach(Visitor<E> visitor) throws E {
        var sources = new ArrayList<SumRun>();
        try {
            for (Path run : runs) {
                sources.add(SumRun.of(run, BUFFER));
            }
            sources.add(SumRun.of(sorted()));
            merge(sources, visitor);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("sums cannot be read from " + folder, unreadable);
        } finally {
            sources.forEach(SumRun::close);
        }
    }

    /// What is told of each row.
    interface Visitor<E extends Exception> {
        void visit(Sum sum) throws E;
    }

    /// As [#forEach], of objects.
    <E extends Exception> void rows(SpillingStore.Visitor<SpecificRecord, E> visitor) throws E {
        this.<E>forEach(sum -> visitor.visit(sum.key(), sum.row(serde), sum.timestamp()));
    }

    boolean isSpilled() {
        return !runs.isEmpty();
    }

    private <E extends Exception> void merge(List<SumRun> sources, Visitor<E> visitor)
            throws E, IOException {
        var queue = new PriorityQueue<>(Comparator.comparing(SumRun::key));
        for (var source : sources) {
            if (source.next()) {
                queue.add(source);
            }
        }
        while (!queue.isEmpty()) {
            Sum all = take(queue);
            while (!queue.isEmpty() && queue.element().key().equals(all.key())) {
                all = sum(all, take(queue));
            }
            visitor.visit(all);
        }
    }

    private static Sum take(PriorityQueue<SumRun> queue) throws IOException {
        var source = queue.remove();
        Sum sum = source.sum();
        if (source.next()) {
            queue.add(source);
        }
        return sum;
    }

    private Sum sum(Sum a, Sum b) {
        return new Sum(
                a.key(),
                sums.sum(a.row(serde), b.row(serde)),
                Math.max(a.timestamp(), b.timestamp()));
    }

    private List<Sum> sorted() {
        return entries.values().stream().sorted(Comparator.comparing(Sum::key)).toList();
    }

    private void spill() {
        try {
            Files.createDirectories(folder);
            Path run = run();
            try (var out = open(run)) {
                for (Sum sum : sorted()) {
                    sum.write(out, serde);
                }
            }
            runs.add(run);
            entries.clear();
            weight = 0;
            if (runs.size() > MOST_RUNS) {
                Path all = run();
                try (var out = open(all)) {
                    this.<IOException>forEach(sum -> sum.write(out, serde));
                }
                for (Path old : runs) {
                    Files.delete(old);
                }
                runs.clear();
                runs.add(all);
            }
        } catch (IOException full) {
            throw new UncheckedIOException("sums cannot be written to " + folder, full);
        }
    }

    private Path run() {
        return folder.resolve("run-" + written++);
    }

    private static DataOutputStream open(Path run) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER));
    }

    @Override
    public void close() {
        entries.clear();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException left) {
            throw new UncheckedIOException(folder + " cannot be deleted", left);
        }
    }
}
