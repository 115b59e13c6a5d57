package io.headwater.backends.openapi;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What this JVM holds on to: the application runs in the JVM of its test.
///
/// @param heapBytes used after everything was collected that can be
/// @param threads of the platform: a virtual one shows in the heap
/// @param files descriptors, sockets too; 0 where the system does not tell
public record Footprint(long heapBytes, int threads, long files) {

    private static final int COLLECTIONS = 3;
    private static final Duration BETWEEN = Duration.ofMillis(300);

    /// Buffers and caches with a bound, which are not all full after a fifth of the requests: what
    /// stays of each request, and be it 100 bytes, is more after 80,000 of them.
    private static final long HEAP_SLACK = 8L << 20;

    /// Pools breathe by so many.
    private static final int THREAD_SLACK = 16;

    /// So do connections that are kept, and the files of a store between two compactions.
    private static final int FILE_SLACK = 64;

    /// @param rest in which ends what ends by itself: streams whose end is noticed with their next
    ///   sign of life, the tail of a log
    static Footprint after(Duration rest) {
        sleep(rest);
        for (int i = 0; i < COLLECTIONS; i++) {
            // cleaners run between two of them, and what they let go goes with the next
            System.gc();
            sleep(BETWEEN);
        }
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof UnixOperatingSystemMXBean system
                        ? system.getOpenFileDescriptorCount()
                        : 0);
    }

    /// @param keptBytes that have a reason
    /// @return what has grown beyond that, each in a sentence
    List<String> growth(Footprint before, long keptBytes) {
        var grown = new ArrayList<String>();
        if (heapBytes - before.heapBytes > HEAP_SLACK + keptBytes) {
            grown.add(
                    "the heap grew from %s to %s, and %s have a reason"
                            .formatted(
                                    megabytes(before.heapBytes),
                                    megabytes(heapBytes),
                                    megabytes(keptBytes)));
        }
        if (threads - before.threads > THREAD_SLACK) {
            grown.add("%d threads became %d".formatted(before.threads, threads));
        }
        if (files - before.files > FILE_SLACK) {
            grown.add("%d open files became %d".formatted(before.files, files));
        }
        return grown;
    }

    @Override
    public String toString() {
        return "%s of heap, %d threads, %d files".formatted(megabytes(heapBytes), threads, files);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
