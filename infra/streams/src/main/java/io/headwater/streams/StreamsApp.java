package io.headwater.streams;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One topology that runs until it is closed and comes back by itself.
///
/// A thread that dies (broker away for long, registry away, a bug) is replaced after a wait that
/// doubles from 1 s to [#LONGEST_WAIT]; it starts from the last commit, so nothing is skipped.
public final class StreamsApp implements AutoCloseable {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(StreamsApp.class);

    private final String name;
    private final KafkaStreams streams;
    private final Runnable onReplaced;
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String failure;

    /// @param name for logs
    /// @param onReplaced told of each thread that is replaced
    public StreamsApp(String name, Topology topology, Properties settings, Runnable onReplaced) {
        this(name, new KafkaStreams(topology, settings), onReplaced);
    }

    /// @param clients makes the clients of Kafka that it runs on
    public StreamsApp(
            String name,
            Topology topology,
            Properties settings,
            KafkaClientSupplier clients,
            Runnable onReplaced) {
        this(name, new KafkaStreams(topology, settings, clients), onReplaced);
    }

    private StreamsApp(String name, KafkaStreams streams, Runnable onReplaced) {
        this.name = name;
        this.onReplaced = onReplaced;
        this.streams = streams;
        streams.setUncaughtExceptionHandler(this::replace);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                failure = null;
                failuresInARow.set(0);
            }
            log.atInfo().addKeyValue("streams", name).addKeyValue("state", now).log("state");
        });
    }

    public void start() {
        streams.start();
    }

    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /// State of Streams and, while it is not running, what the last thread died of.
    public String describe() {
        String died = failure;
        return streams.state() + (died == null ? "" : ": " + died);
    }

    /// Threads replaced since the start.
    public int restarts() {
        return restarts.get();
    }

    /// For metrics.
    public KafkaStreams streams() {
        return streams;
    }

    /// Leaves the group, so that other instances take over at once.
    @Override
    public void close() {
        closing.countDown();
        boolean stopped =
                streams.close(
                        CloseOptions.timeout(CLOSE_LIMIT)
                                .withGroupMembershipOperation(
                                        GroupMembershipOperation.LEAVE_GROUP));
        if (!stopped) {
            log.atWarn().addKeyValue("streams", name).log("did not stop in time");
        }
    }

    private StreamThreadExceptionResponse replace(Throwable died) {
        var wait = waitAfter(failuresInARow.getAndIncrement());
        failure = died.getClass().getSimpleName() + ": " + died.getMessage();
        restarts.incrementAndGet();
        log.atError()
                .addKeyValue("streams", name)
                .addKeyValue("retryInSeconds", wait.toSeconds())
                .setCause(died)
                .log("thread died and is replaced");
        onReplaced.run();
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)
                    ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                    : StreamThreadExceptionResponse.REPLACE_THREAD;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }

    /// @param failures in a row before this one
    static Duration waitAfter(int failures) {
        var doubled = Duration.ofSeconds(1L << Math.min(failures, 10));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }
}
