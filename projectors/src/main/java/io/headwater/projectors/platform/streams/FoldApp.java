package io.headwater.projectors.platform.streams;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.schema.SchemaIds;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fold of one generation, running.
public final class FoldApp implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FoldApp.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final long MAX_BACK_OFF_SECONDS = 10;

    private final Generation generation;
    private final KafkaStreams streams;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile @Nullable String failure;
    private volatile boolean closing;

    public FoldApp(
            Projection projection, Generation generation, SchemaIds ids, Properties settings) {
        this.generation = generation;
        streams = new KafkaStreams(topology(projection, generation, ids, settings), settings);
        streams.setUncaughtExceptionHandler(this::replaceThread);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                failure = null;
            }
        });
    }

    /// The same graph as runs, for tests and for comparing with what was checked in.
    public static Topology topology(
            Projection projection, Generation generation, SchemaIds ids, Properties settings) {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
        projection.addTo(builder, new View(generation.viewTopic(), ids));
        return builder.build();
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

    @Override
    public void close() {
        closing = true;
        boolean stopped =
                streams.close(
                        CloseOptions.timeout(STOP_LIMIT)
                                .withGroupMembershipOperation(
                                        CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!stopped) {
            log.atWarn().addKeyValue("projection", generation).log("fold did not stop in time");
        }
    }

    /// A new thread starts from the last commit; what fails for ever is tried ever more slowly.
    private StreamThreadExceptionResponse replaceThread(Throwable died) {
        if (closing) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        failure = died.getClass().getSimpleName() + ": " + died.getMessage();
        int attempt = restarts.incrementAndGet();
        log.atError()
                .setCause(died)
                .addKeyValue("projection", generation)
                .addKeyValue("restarts", attempt)
                .log("fold thread died and is replaced");
        try {
            TimeUnit.SECONDS.sleep(Math.min(attempt, MAX_BACK_OFF_SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
